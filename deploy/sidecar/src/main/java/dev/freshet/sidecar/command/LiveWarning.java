package dev.freshet.sidecar.command;

import dev.freshet.rules.yaml.Code;

/**
 * Something that only a running database or cache can tell of the rules, and that they may accept.
 *
 * @param path what it is about, such as {@code rules.product.put[0]}
 */
record LiveWarning(String path, Code code, String message) {
    @Override
    public String toString() {
        return path + ": " + message + " (" + code.text() + ")";
    }
}
