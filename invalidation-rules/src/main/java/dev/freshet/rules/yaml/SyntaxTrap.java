package dev.freshet.rules.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says in words of this language why a text is not YAML. What it is told by are the parser's own messages of version 3. */
final class SyntaxTrap {
    private final SourceText source;
    private final MarkedYamlEngineException error;
    private final Mark mark;
    private final String line;

    private SyntaxTrap(SourceText source, MarkedYamlEngineException error, Mark mark) {
        this.source = source;
        this.error = error;
        this.mark = mark;
        this.line = source.line(mark.getLine());
    }

    static Problem explain(SourceText source, YamlEngineException error) {
        if (error instanceof MarkedYamlEngineException marked) {
            Optional<Mark> mark = marked.getProblemMark().or(marked::getContextMark);
            if (mark.isPresent()) {
                return new SyntaxTrap(source, marked, mark.get()).explain();
            }
        }
        if (error instanceof ReaderException reader) {
            String character = "U+%04X".formatted(reader.getCodePoint());
            return syntax(
                    source.placeOfCharacter(reader.getPosition()), "the character " + character + " is not allowed");
        }
        return syntax(source.start(), "not YAML: " + error.getMessage());
    }

    private Problem explain() {
        String problem = error.getProblem();
        if (problem.contains("\\t(TAB)")) {
            return here("a tab stands where YAML wants spaces").suggesting("indent with spaces");
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return colon();
        }
        if (problem.startsWith("expected ',' or")) {
            return inFlow();
        }
        if (problem.contains("but found '<stream end>'")) {
            return here("the file ends inside [...] or {...}");
        }
        if (problem.contains("unexpected end of stream")) {
            return at(context(), "the quote that opens here is never closed");
        }
        return beginning(problem).orElseGet(() -> here("not YAML: " + inWords(problem)));
    }

    /** {@code key: product:} and {@code where: a ? b : c}; or a line indented under a value. */
    private Problem colon() {
        String value = QuotedLine.valueOf(line);
        boolean inValue = value.contains(": ") || value.endsWith(":");
        if (inValue && line.indexOf(value) <= mark.getColumn()) {
            return quoted("a ':' at the end of an unquoted text or before a space makes YAML read a map");
        }
        return here("a key cannot stand here: the line above has a value already")
                .suggesting("check the indentation");
    }

    private Problem inFlow() {
        boolean ended = mark.getColumn() >= line.stripTrailing().length()
                || error.getProblem().contains("<stream end>");
        if (ended || error.getProblem().contains("<block end>")) {
            return at(context(), "the bracket that opens here is never closed");
        }
        return unquotedInFlow();
    }

    private Problem unquotedInFlow() {
        return needsQuotes(here("inside [...] and {...} YAML wants quotes around this text"))
                .suggesting(FlowText.clause(line, mark.getColumn()));
    }

    /** A value that begins with a character that means something to YAML. */
    private Optional<Problem> beginning(String problem) {
        String value = QuotedLine.valueOf(line);
        if (value.isEmpty() || problem.contains("<stream end>")) {
            return Optional.empty();
        }
        char first = value.charAt(0);
        boolean flow = first == '{' || first == '[';
        if (flow && error.getContext() != null && error.getContext().startsWith("while scanning a")) {
            return Optional.of(unquotedInFlow());
        }
        return switch (first) {
            case '"', '\'' -> Optional.of(quoted("the text goes on after its closing quote"));
            case '{', '[' ->
                Optional.of(quoted("the text begins with '" + first + "', which opens a "
                        + (first == '{' ? "map" : "list") + " in YAML"));
            case '!' -> Optional.of(quoted("YAML reads a text that begins with '!' as a tag"));
            case '&' -> Optional.of(quoted("YAML reads a text that begins with '&' as an anchor"));
            case '*' -> Optional.of(quoted("YAML reads a text that begins with '*' as an alias"));
            case '@', '`', '%', '|', '>', '-', '?' ->
                Optional.of(quoted("a text that begins with '" + first + "' needs quotes in YAML"));
            default -> Optional.empty();
        };
    }

    private static String inWords(String problem) {
        return problem.replace("<block end>", "the end of this map or list")
                .replace("'<scalar>'", "a text")
                .replace("<scalar>", "a text")
                .replace("<stream end>", "the end of the file");
    }

    private Place context() {
        return source.place(error.getContextMark().orElse(mark));
    }

    private Problem quoted(String message) {
        Problem problem = needsQuotes(here(message));
        return QuotedLine.clauseForLine(line).map(problem::suggesting).orElse(problem);
    }

    private Problem here(String message) {
        return syntax(source.place(mark), message);
    }

    private static Problem at(Place place, String message) {
        return syntax(place, message);
    }

    private static Problem needsQuotes(Problem problem) {
        return new Problem(Code.NEEDS_QUOTES, problem.place(), "", problem.message(), problem.suggestion());
    }

    private static Problem syntax(Place place, String message) {
        return new Problem(Code.SYNTAX, place, "", message, Optional.empty());
    }
}
