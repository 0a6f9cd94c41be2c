package dev.freshet.rules.catalog;

import java.nio.file.Path;

/** A file that should hold a catalogue holds something else. */
public final class NotASchemaException extends Exception {
    private static final String ADVICE = "; freshet schema writes such a file, docs/rules.md says what stands in it";

    NotASchemaException(Path file, String reason) {
        super(file + ": " + reason + ADVICE);
    }

    NotASchemaException(Path file, int line, int column) {
        super(file + ":" + line + ":" + column + ": not JSON, from here on at the latest" + ADVICE);
    }
}
