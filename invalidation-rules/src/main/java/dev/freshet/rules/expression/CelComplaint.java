package dev.freshet.rules.expression;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The CEL parser's complaints, which speak of tokens and grammars, in the words of someone who writes rules. */
final class CelComplaint {
    private static final Pattern ODD_NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$# ]*");
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*|[0-9.]+|\\S");
    private static final Pattern RESERVED = Pattern.compile("reserved identifier: (\\w+)");

    private static final Pattern MISSING = Pattern.compile("missing '[^']+'");

    /** How those begin that speak of tokens; others are readable as they are. */
    private static final Pattern GRAMMAR =
            Pattern.compile("extraneous|mismatched|missing|no viable|token recognition|unsupported");

    private static final Map<String, String> MEANT =
            Map.of("and", "&&", "or", "||", "not", "!", "is", "==", "like", "matches", "=", "==", "&", "&&", "|", "||");

    private CelComplaint() {}

    static SyntaxProblem reworded(String source, int offset, String message) {
        String trimmed = source.strip();
        if (trimmed.isEmpty()) {
            return new SyntaxProblem(0, "there is no expression");
        }
        Matcher reserved = RESERVED.matcher(message);
        if (reserved.find()) {
            return word(offset, reserved.group(1));
        }
        if (ReservedNames.contains(trimmed)) {
            return word(source.indexOf(trimmed), trimmed);
        }
        if (message.contains("recursion limit")) {
            return tooDeep(offset);
        }
        if (message.startsWith("For input string")) {
            return doesNotFit(offset);
        }
        if (!GRAMMAR.matcher(message).lookingAt()) {
            return new SyntaxProblem(offset, message);
        }
        String token = tokenAt(source, offset);
        if (source.startsWith("<>", offset - 1)) {
            return new SyntaxProblem(offset - 1, "'<>' is no operator", "!=");
        }
        String before = wordBefore(source, offset);
        if (TextFunctions.lower(before).equals("not")) {
            return new SyntaxProblem(source.lastIndexOf(before, offset), "'not' is no operator", "!");
        }
        String meant = MEANT.get(TextFunctions.lower(token));
        if (meant != null) {
            return new SyntaxProblem(offset, "'" + token + "' is no operator", meant);
        }
        if (ODD_NAME.matcher(trimmed).matches()) {
            return new SyntaxProblem(
                    source.indexOf(trimmed),
                    "a name with other characters than A-Z, a-z, 0-9 and _",
                    "row[\"" + trimmed + "\"]");
        }
        if (message.startsWith("token recognition error") && (token.equals("'") || token.equals("\""))) {
            return new SyntaxProblem(
                    offset, "a quoted text that is not closed, or holds a backslash that escapes nothing");
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.lookingAt()) {
            return new SyntaxProblem(offset, missing.group());
        }
        if (offset >= source.stripTrailing().length()) {
            return new SyntaxProblem(offset, "the expression ends too early");
        }
        return new SyntaxProblem(offset, "'" + token + "' is not expected here");
    }

    private static SyntaxProblem word(int offset, String word) {
        return new SyntaxProblem(offset, "'" + word + "' is a word of CEL", "row[\"" + word + "\"]");
    }

    static SyntaxProblem tooDeep(int offset) {
        return new SyntaxProblem(offset, "an expression nests at most " + CelSyntax.MAX_DEPTH + " levels");
    }

    static SyntaxProblem doesNotFit(int offset) {
        return new SyntaxProblem(offset, "the number does not fit 64 bits");
    }

    private static String tokenAt(String source, int offset) {
        Matcher token = TOKEN.matcher(source).region(offset, source.length());
        return token.lookingAt() ? token.group() : "";
    }

    private static String wordBefore(String source, int offset) {
        String before = source.substring(0, offset).stripTrailing();
        int start = before.length();
        while (start > 0 && Character.isLetter(before.charAt(start - 1))) {
            start--;
        }
        return before.substring(start);
    }
}
