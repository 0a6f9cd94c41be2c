package dev.freshet.rules.expression;

import java.util.Optional;

/**
 * The functions that take a key.
 *
 * @param isValue as in {@link View}
 */
record KeyedFunctions(Keys keys, boolean isValue) {
    /** Empty for names of other functions, and for those that cannot stand here. */
    Optional<Function> named(String name) {
        return switch (name) {
            case "hmac" -> keys.hmac().map(key -> function(name, value -> key.of(TextForm.of(value))));
            case "encrypt" ->
                isValue
                        ? keys.encrypt().map(key -> function(name, value -> key.encrypt(TextForm.of(value))))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** What one of these functions takes and gives; empty for names of other functions. */
    static Optional<Signature> signature(String name) {
        return isOne(name) ? Optional.of(Signature.TO_TEXT) : Optional.empty();
    }

    private static boolean isOne(String name) {
        return name.equals("hmac") || name.equals("encrypt");
    }

    /** Why one of these functions cannot stand here; empty for names of other functions. */
    Optional<SyntaxProblem> refused(String name, int offset) {
        if (name.equals("encrypt") && !isValue) {
            return Optional.of(new SyntaxProblem(
                    offset,
                    "encrypt() stands in values only: what it makes is another text each time",
                    "hmac(...) where the same text must come out again"));
        }
        return isOne(name)
                ? Optional.of(new SyntaxProblem(
                        offset,
                        name + "() needs a key, and there is none",
                        "keys: {" + name + ": \"${file:/run/secrets/" + name + "}\"} in the main file"))
                : Optional.empty();
    }

    /** Constants are not folded: what is encrypted is another text each time. */
    private static Function function(String name, Node.StrictUnary operation) {
        return new Function(
                name,
                Function.Form.CALL,
                Signature.TO_TEXT,
                arguments -> new Node.Unary(operation, arguments.getFirst()));
    }
}
