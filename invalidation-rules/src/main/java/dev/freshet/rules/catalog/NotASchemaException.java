package dev.freshet.rules.catalog;

import java.nio.file.Path;

/** A file that should hold a catalogue holds something else. */
public final class NotASchemaException extends Exception {
    NotASchemaException(Path file, String reason) {
        super(file + ": " + reason + "; write it with freshet schema");
    }
}
