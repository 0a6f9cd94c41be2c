package dev.freshet.rules.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * {@code + - * / %}. Two integers give an integer, integers and decimals an exact decimal, anything with a double a double.
 * A result that does not fit is an error, never a wrapped number or an infinity.
 */
enum Arithmetic implements Node.StrictBinary {
    ADD("+") {
        @Override
        public Object apply(Object left, Object right) {
            if (left instanceof String l && right instanceof String r) {
                return l.concat(r);
            }
            if (left instanceof List<?> l && right instanceof List<?> r) {
                List<Object> both = new ArrayList<>(l);
                both.addAll(r);
                return Collections.unmodifiableList(both);
            }
            if (left instanceof String || right instanceof String) {
                Object other = left instanceof String ? right : left;
                throw new EvaluationException("'+' joins text with text, not with " + Kinds.name(other)
                        + "; write text(x) for the text of x");
            }
            return super.apply(left, right);
        }

        @Override
        long whole(long left, long right) {
            return Math.addExact(left, right);
        }

        @Override
        BigDecimal exact(BigDecimal left, BigDecimal right) {
            return left.add(right);
        }

        @Override
        double real(double left, double right) {
            return left + right;
        }
    },
    SUBTRACT("-") {
        @Override
        long whole(long left, long right) {
            return Math.subtractExact(left, right);
        }

        @Override
        BigDecimal exact(BigDecimal left, BigDecimal right) {
            return left.subtract(right);
        }

        @Override
        double real(double left, double right) {
            return left - right;
        }
    },
    MULTIPLY("*") {
        @Override
        long whole(long left, long right) {
            return Math.multiplyExact(left, right);
        }

        @Override
        BigDecimal exact(BigDecimal left, BigDecimal right) {
            return left.multiply(right);
        }

        @Override
        double real(double left, double right) {
            return left * right;
        }
    },
    DIVIDE("/") {
        @Override
        long whole(long left, long right) {
            return Math.divideExact(left, nonZero(right));
        }

        @Override
        BigDecimal exact(BigDecimal left, BigDecimal right) {
            throw new EvaluationException(
                    "decimals are not divided, since few quotients are exact; write double(x) / y");
        }

        @Override
        double real(double left, double right) {
            if (right == 0) {
                throw divisionByZero();
            }
            return left / right;
        }

        @Override
        boolean keepsDecimals() {
            return true;
        }
    },
    REMAINDER("%") {
        @Override
        long whole(long left, long right) {
            return left % nonZero(right);
        }

        @Override
        BigDecimal exact(BigDecimal left, BigDecimal right) {
            throw integersOnly();
        }

        @Override
        double real(double left, double right) {
            throw integersOnly();
        }
    };

    private final String symbol;

    Arithmetic(String symbol) {
        this.symbol = symbol;
    }

    abstract long whole(long left, long right);

    abstract BigDecimal exact(BigDecimal left, BigDecimal right);

    abstract double real(double left, double right);

    /** Whether a decimal stays one in the company of a double. */
    boolean keepsDecimals() {
        return false;
    }

    @Override
    public Object apply(Object left, Object right) {
        if (left instanceof Long l && right instanceof Long r) {
            try {
                return whole(l, r);
            } catch (ArithmeticException e) {
                throw overflow();
            }
        }
        number(left);
        number(right);
        boolean decimal = left instanceof BigDecimal || right instanceof BigDecimal;
        boolean real = left instanceof Double || right instanceof Double;
        if (!real || (decimal && keepsDecimals())) {
            return Decimals.bounded(exact(Decimals.of(left), Decimals.of(right)));
        }
        double l = ((Number) left).doubleValue();
        double r = ((Number) right).doubleValue();
        double result = real(l, r);
        if (Double.isInfinite(result) && !Double.isInfinite(doubleOf(left)) && !Double.isInfinite(doubleOf(right))) {
            throw overflow();
        }
        return result;
    }

    static Object negate(Object operand) {
        return SUBTRACT.apply(0L, operand);
    }

    private static double doubleOf(Object number) {
        return number instanceof Double real ? real : 0;
    }

    private void number(Object operand) {
        if (!(operand instanceof Number)) {
            throw new EvaluationException("'" + symbol + "' takes numbers, not " + Kinds.name(operand));
        }
    }

    private static long nonZero(long divisor) {
        if (divisor == 0) {
            throw divisionByZero();
        }
        return divisor;
    }

    EvaluationException integersOnly() {
        return new EvaluationException("'" + symbol + "' takes integers");
    }

    static EvaluationException divisionByZero() {
        return new EvaluationException("division by zero");
    }

    private EvaluationException overflow() {
        return new EvaluationException("overflow in '" + symbol + "'");
    }
}
