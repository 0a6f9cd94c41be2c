package dev.freshet.rules.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps over constants, done once while compiling: what cannot work with them is found then. */
final class Folding {
    private Folding() {}

    static Node unary(Node.StrictUnary operation, Node operand) {
        if (operand instanceof Node.Constant(@Nullable Object constant)) {
            return new Node.Constant(constant == null ? null : operation.apply(constant));
        }
        return new Node.Unary(operation, operand);
    }

    static Node binary(Node.StrictBinary operation, Node left, Node right) {
        if (left instanceof Node.Constant(@Nullable Object l) && right instanceof Node.Constant(@Nullable Object r)) {
            return new Node.Constant(l == null || r == null ? null : operation.apply(l, r));
        }
        return new Node.Binary(operation, left, right);
    }

    static Node list(List<Node> elements) {
        List<@Nullable Object> constants = new ArrayList<>();
        for (Node element : elements) {
            if (!(element instanceof Node.Constant(@Nullable Object constant))) {
                return new Node.ListOf(List.copyOf(elements));
            }
            constants.add(constant);
        }
        return new Node.Constant(Collections.unmodifiableList(constants));
    }
}
