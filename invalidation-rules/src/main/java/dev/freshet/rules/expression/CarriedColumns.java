package dev.freshet.rules.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the columns of which something is still there in what an expression makes.
 *
 * @param functions that leave it there
 * @param throughParts whether it is there still in a part of what holds it
 */
record CarriedColumns(Set<String> functions, boolean throughParts) {
    /** Their text, in capital and small letters as it is there. */
    static final CarriedColumns LETTERS = new CarriedColumns(Set.of("text", "string", "trim", "mask", "json"), true);

    /** Their elements, each of which makes a name of its own. */
    static final CarriedColumns ELEMENTS = new CarriedColumns(Set.of("json"), false);

    /** Of an expression that compiled; what its rule calls otherwise stands by that name. */
    Set<String> in(String source) {
        return CelSyntax.tree(source).map(tree -> in(tree.getExpr())).orElse(Set.of());
    }

    private Set<String> in(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> Set.of(expr.ident().name());
            case SELECT -> select(expr.select());
            case CALL -> call(expr.call());
            case LIST -> throughParts ? inAll(expr.list().elements()) : Set.of();
            case CONSTANT, MAP, STRUCT, COMPREHENSION, NOT_SET -> Set.of();
        };
    }

    private Set<String> select(CelExpr.CelSelect select) {
        return isRow(select.operand()) ? Set.of(select.field()) : part(select.operand());
    }

    /** Of a part of something: of a JSON column its text stands there still. */
    private Set<String> part(CelExpr whole) {
        boolean isObject = whole.getKind() == CelExpr.ExprKind.Kind.IDENT
                && ReservedNames.isObject(whole.ident().name());
        return throughParts && !isObject ? in(whole) : Set.of();
    }

    private Set<String> call(CelExpr.CelCall call) {
        List<CelExpr> arguments = call.args();
        return switch (call.function()) {
            case "_[_]" -> index(arguments.get(0), arguments.get(1));
            case "_?_:_" -> inAll(arguments.subList(1, 3));
            case "_+_" -> inAll(arguments);
            case "map" -> call.target().map(range -> mapped(range, arguments)).orElse(Set.of());
            case "filter" -> call.target().map(this::in).orElse(Set.of());
            default -> functions.contains(call.function()) ? inAll(arguments) : Set.of();
        };
    }

    private Set<String> index(CelExpr operand, CelExpr index) {
        return isRow(operand) ? name(index).map(Set::of).orElse(Set.of()) : part(operand);
    }

    private Set<String> mapped(CelExpr range, List<CelExpr> arguments) {
        if (!throughParts) {
            return in(range);
        }
        Set<String> carried = new HashSet<>(in(arguments.getLast()));
        if (carried.removeAll(in(arguments.getFirst()))) {
            carried.addAll(in(range));
        }
        return carried;
    }

    private Set<String> inAll(List<CelExpr> exprs) {
        Set<String> carried = new HashSet<>();
        exprs.forEach(expr -> carried.addAll(in(expr)));
        return carried;
    }

    private static boolean isRow(CelExpr expr) {
        return expr.getKind() == CelExpr.ExprKind.Kind.IDENT
                && expr.ident().name().equals("row");
    }

    private static Optional<String> name(CelExpr index) {
        return index.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && index.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(index.constant().stringValue())
                : Optional.empty();
    }
}
