package dev.freshet.rules.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>${env:NAME}</code>, <code>${env:NAME:-default}</code>, <code>${file:/path}</code> and {@code $$} in the
 * scalars of process settings. What was put in is not looked at again, and is never shown in a problem.
 */
public final class Variables {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\$|\\$\\{([^}]*)}?");
    private static final Pattern ENVIRONMENT =
            Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);

    /** The base64 of 32 bytes, so that it can also stand for a key. */
    private static final String UNSET = "dW5zZXR1bnNldHVuc2V0dW5zZXR1bnNldHVuc2V0dW4=";

    private final Function<String, @Nullable String> environment;
    private final FileText files;
    private final Optional<String> placeholder;

    /** Reads a whole file. */
    @FunctionalInterface
    public interface FileText {
        String read(Path path) throws IOException;
    }

    public Variables(Function<String, @Nullable String> environment, FileText files) {
        this(environment, files, Optional.empty());
    }

    private Variables(Function<String, @Nullable String> environment, FileText files, Optional<String> placeholder) {
        this.environment = environment;
        this.files = files;
        this.placeholder = placeholder;
    }

    /** The environment and files of this process. */
    public static Variables ofProcess() {
        return new Variables(System.getenv()::get, Files::readString);
    }

    /**
     * Those of this process; a word of its own stands for what has no value here. For those who want the rules alone, where
     * the secrets of production are not at hand.
     */
    public static Variables whereTheyAreKnown() {
        return new Variables(System.getenv()::get, Files::readString, Optional.of(UNSET));
    }

    /** The same tree with its variables replaced; those that cannot be are reported. */
    Node replaceIn(Node node, Problems problems) {
        return switch (node) {
            case Node.Scalar scalar -> replaceIn(scalar, problems);
            case Node.Items items -> {
                List<Node> nodes = new ArrayList<>();
                items.nodes().forEach(item -> nodes.add(replaceIn(item, problems)));
                yield new Node.Items(items.spot(), nodes, items.written());
            }
            case Node.Mapping map -> {
                Map<String, Node> members = new LinkedHashMap<>();
                map.members().forEach((key, member) -> members.put(key, replaceIn(member, problems)));
                yield new Node.Mapping(map.spot(), members, map.written());
            }
            case Node.Broken broken -> broken;
        };
    }

    /**
     * The same for settings, which a word that stands for another would only spoil: what has no value here is broken, and
     * that is not reported where nobody needs it.
     */
    Node replaceInSettings(Node node, Problems problems) {
        if (placeholder.isEmpty()) {
            return replaceIn(node, problems);
        }
        Problems found = new Problems();
        Node replaced = new Variables(environment, files).replaceIn(node, found);
        problems.addAll(found, Set.of(Code.MISSING_VARIABLE));
        return replaced;
    }

    private Node replaceIn(Node.Scalar scalar, Problems problems) {
        if (scalar.text().indexOf('$') < 0) {
            return scalar;
        }
        long errors = problems.errors();
        Matcher variable = VARIABLE.matcher(scalar.text());
        String text = variable.replaceAll(found ->
                Matcher.quoteReplacement(found.group(1) == null ? "$" : value(scalar, found.group(), problems)));
        return problems.errors() > errors ? new Node.Broken(scalar.spot()) : scalar.withText(text);
    }

    private String value(Node.Scalar scalar, String variable, Problems problems) {
        String name = variable.endsWith("}") ? variable.substring(2, variable.length() - 1) : "";
        Matcher inEnvironment = ENVIRONMENT.matcher(name);
        if (inEnvironment.matches()) {
            String value = environment.apply(inEnvironment.group(1));
            String given = value == null ? inEnvironment.group(2) : value;
            if (given == null && placeholder.isPresent()) {
                return placeholder.get();
            }
            if (given == null) {
                problems.atValue(
                        scalar,
                        Code.MISSING_VARIABLE,
                        "the environment has no " + inEnvironment.group(1) + "; set it, or give a default: ${env:"
                                + inEnvironment.group(1) + ":-default}");
                return "";
            }
            return given;
        }
        if (name.startsWith("file:") && name.length() > "file:".length()) {
            return content(scalar, name.substring("file:".length()), problems);
        }
        problems.atValue(
                scalar,
                Code.BAD_VALUE,
                "'" + variable
                        + "' is not a variable; allowed: ${env:NAME}, ${env:NAME:-default}, ${file:/path}, and $$ for a dollar");
        return "";
    }

    private String content(Node.Scalar scalar, String path, Problems problems) {
        try {
            String content = files.read(Path.of(path));
            return content.endsWith("\r\n")
                    ? content.substring(0, content.length() - 2)
                    : content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
        } catch (IOException | IllegalArgumentException e) {
            if (placeholder.isEmpty()) {
                problems.atValue(scalar, Code.MISSING_VARIABLE, "the file " + path + " cannot be read");
            }
            return placeholder.orElse("");
        }
    }
}
