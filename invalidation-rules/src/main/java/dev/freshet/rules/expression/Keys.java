package dev.freshet.rules.expression;

import java.util.Optional;

/** The keys that functions of expressions take; asked for where such a function is written. */
public interface Keys {
    /** Where there are none. */
    Keys NONE = new Keys() {
        @Override
        public Optional<MacKey> hmac() {
            return Optional.empty();
        }

        @Override
        public Optional<CipherKey> encrypt() {
            return Optional.empty();
        }
    };

    /** That of {@code hmac}; empty where none was given. */
    Optional<MacKey> hmac();

    /** That of {@code encrypt}; empty where none was given. */
    Optional<CipherKey> encrypt();
}
