package dev.freshet.rules.expression;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** CEL's operators, by the names that its parser gives them. */
final class Operators {
    private static final Map<String, Node.StrictBinary> STRICT = Map.ofEntries(
            Map.entry("_+_", Arithmetic.ADD),
            Map.entry("_-_", Arithmetic.SUBTRACT),
            Map.entry("_*_", Arithmetic.MULTIPLY),
            Map.entry("_%_", Arithmetic.REMAINDER),
            Map.entry("_<_", new Order("<", order -> order < 0)),
            Map.entry("_<=_", new Order("<=", order -> order <= 0)),
            Map.entry("_>_", new Order(">", order -> order > 0)),
            Map.entry("_>=_", new Order(">=", order -> order >= 0)),
            Map.entry("@in", Members::contains));

    /** No name that a user can write holds one of these; every operator does. */
    private static final String SYMBOLS = "+-*/%<>=!&|?:@";

    private Operators() {}

    static boolean isOperator(String function) {
        return function.chars().anyMatch(c -> SYMBOLS.indexOf(c) >= 0);
    }

    /** @throws EvaluationException where constants do not go together */
    static Node node(String function, List<Node> operands) {
        Node first = operands.get(0);
        return switch (function) {
            case "!_" -> Folding.unary(Operators::not, first);
            case "-_" -> Folding.unary(Arithmetic::negate, first);
            case "_&&_" -> new Logic.And(first, operands.get(1));
            case "_||_" -> new Logic.Or(first, operands.get(1));
            case "_==_" -> new Logic.Equal(first, operands.get(1), false);
            case "_!=_" -> new Logic.Equal(first, operands.get(1), true);
            case "_?_:_" -> new Logic.Conditional(first, operands.get(1), operands.get(2));
            case "_/_" -> Folding.binary(Arithmetic.DIVIDE, divisible(first), divisible(operands.get(1)));
            default -> {
                Node.StrictBinary strict = STRICT.get(function);
                if (strict == null) {
                    throw new IllegalStateException("CEL has no operator " + function);
                }
                yield Folding.binary(strict, first, operands.get(1));
            }
        };
    }

    private static Object not(Object operand) {
        if (operand instanceof Boolean truth) {
            return !truth;
        }
        throw new EvaluationException("'!' takes a condition, not " + Kinds.name(operand));
    }

    /** Decimals are not divided, but who writes {@code x / 2.0} means the double. */
    private static Node divisible(Node operand) {
        return operand instanceof Node.Constant(BigDecimal literal)
                ? new Node.Constant(literal.doubleValue())
                : operand;
    }
}
