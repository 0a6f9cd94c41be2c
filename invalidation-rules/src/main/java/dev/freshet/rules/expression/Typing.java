package dev.freshet.rules.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what an expression asks for that can never work, whatever the row, from the kinds of values that its columns hold.
 *
 * <p>Each part of it has the set of kinds that it can be; NULL is none of them and passes everywhere, so a part that is
 * always NULL has an empty set and is never at fault. A complaint is made where no kind of a part would do.
 */
final class Typing {
    private final View view;
    private final Columns columns;
    private final CelExpr root;
    private final Offsets offsets;
    private final List<SyntaxProblem> problems = new ArrayList<>();
    private Optional<String> loopVariable = Optional.empty();

    private Typing(String source, View view, CelAbstractSyntaxTree tree, Columns columns) {
        this.view = view;
        this.columns = columns;
        this.root = tree.getExpr();
        this.offsets = new Offsets(source, tree.getSource());
    }

    /** The kinds of values that a column holds. */
    interface Columns {
        Set<ValueKind> kinds(String column);
    }

    static List<SyntaxProblem> problems(String source, View view, Use use, Columns columns) {
        return CelSyntax.tree(source)
                .map(tree -> new Typing(source, view, tree, columns).problems(use))
                .orElse(List.of());
    }

    /** What an expression comes to; anything where it cannot work. */
    static Set<ValueKind> kinds(String source, Columns columns) {
        return CelSyntax.tree(source)
                .map(tree -> new Typing(source, View.ROW, tree, columns).kinds())
                .orElse(ValueKind.ANY);
    }

    private List<SyntaxProblem> problems(Use use) {
        Set<ValueKind> kinds = of(root);
        if (lacks(kinds, use.kinds())) {
            problem(root, use.rule() + ", and this is " + ValueKind.name(kinds));
        }
        return problems;
    }

    private Set<ValueKind> kinds() {
        Set<ValueKind> kinds = of(root);
        return problems.isEmpty() ? kinds : ValueKind.ANY;
    }

    private Set<ValueKind> of(CelExpr expr) {
        return switch (expr.getKind()) {
            case CONSTANT -> constant(expr.constant());
            case IDENT ->
                loopVariable.filter(expr.ident().name()::equals).isPresent()
                        ? ValueKind.ANY
                        : columns.kinds(expr.ident().name());
            case SELECT -> member(expr, expr.select());
            case CALL -> call(expr, expr.call());
            case LIST -> {
                expr.list().elements().forEach(this::of);
                yield Set.of(ValueKind.LIST);
            }
            case MAP -> {
                expr.map().entries().forEach(entry -> of(entry.value()));
                yield Set.of(ValueKind.MAP);
            }
            case STRUCT, COMPREHENSION, NOT_SET -> ValueKind.ANY;
        };
    }

    private Set<ValueKind> constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case NULL_VALUE -> Set.of();
            case BOOLEAN_VALUE -> Set.of(ValueKind.BOOLEAN);
            case INT64_VALUE, UINT64_VALUE -> Set.of(ValueKind.INTEGER);
            // digits with a point are a decimal to all but a division
            case DOUBLE_VALUE -> Set.of(ValueKind.DECIMAL, ValueKind.DOUBLE);
            case STRING_VALUE -> Set.of(ValueKind.TEXT);
            case BYTES_VALUE -> Set.of(ValueKind.BYTES);
            case TIMESTAMP_VALUE, DURATION_VALUE, NOT_SET -> ValueKind.ANY;
        };
    }

    /** The object of which a member is a column, a part of the event, or a part of the table. */
    private Optional<String> object(CelExpr expr) {
        return expr.getKind() == CelExpr.ExprKind.Kind.IDENT
                ? Optional.of(expr.ident().name()).filter(name -> ReservedNames.isObject(name) || view.isVariable(name))
                : Optional.empty();
    }

    private Set<ValueKind> ofObject(String object, String member) {
        return switch (object) {
            case "row", "before", "after" -> columns.kinds(member);
            case "table" -> Signature.TEXT;
            case "change" -> member.equals("committed_at") ? Set.of(ValueKind.TIMESTAMP) : Signature.TEXT;
            default -> ValueKind.ANY;
        };
    }

    private Set<ValueKind> member(CelExpr expr, CelExpr.CelSelect select) {
        Optional<String> object = object(select.operand());
        if (object.isPresent()) {
            return ofObject(object.get(), select.field());
        }
        Set<ValueKind> of = of(select.operand());
        if (lacks(of, Set.of(ValueKind.MAP))) {
            problem(expr, "only maps have members, and this is " + ValueKind.name(of));
        }
        return ValueKind.ANY;
    }

    private Set<ValueKind> call(CelExpr expr, CelExpr.CelCall call) {
        List<CelExpr> arguments = call.args();
        String function = call.function();
        if (function.equals("_[_]")) {
            return index(arguments.get(0), arguments.get(1));
        }
        if (function.equals("has") && call.target().isEmpty()) {
            return Set.of(ValueKind.BOOLEAN);
        }
        if (Lowering.isLoop(function) && call.target().isPresent() && arguments.size() == 2) {
            return loop(function, call.target().get(), arguments);
        }
        if (function.equals("@in") && arguments.get(1).getKind() == CelExpr.ExprKind.Kind.LIST) {
            return inList(of(arguments.getFirst()), arguments.get(1).list().elements());
        }
        return Operators.isOperator(function) ? operator(expr, function, arguments) : function(expr, call);
    }

    private Set<ValueKind> index(CelExpr operand, CelExpr index) {
        Optional<String> object = object(operand);
        if (object.isPresent()) {
            return index.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                            && index.constant().getKind() == CelConstant.Kind.STRING_VALUE
                    ? ofObject(object.get(), index.constant().stringValue())
                    : ValueKind.ANY;
        }
        Set<ValueKind> of = of(operand);
        of(index);
        if (lacks(of, Set.of(ValueKind.MAP, ValueKind.LIST))) {
            problem(operand, "only maps and lists have members, and this is " + ValueKind.name(of));
        }
        return ValueKind.ANY;
    }

    private Set<ValueKind> loop(String name, CelExpr range, List<CelExpr> arguments) {
        Set<ValueKind> over = of(range);
        if (lacks(over, Set.of(ValueKind.LIST, ValueKind.MAP))) {
            problem(range, "a loop goes over a list or a map, and this is " + ValueKind.name(over));
        }
        if (arguments.getFirst().getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return ValueKind.ANY;
        }
        loopVariable = Optional.of(arguments.getFirst().ident().name());
        Set<ValueKind> body = of(arguments.get(1));
        loopVariable = Optional.empty();
        if (!name.equals("map")) {
            condition(name, arguments.get(1), body);
        }
        return Set.of(name.equals("map") || name.equals("filter") ? ValueKind.LIST : ValueKind.BOOLEAN);
    }

    /** An element that the value never is stands there for nothing. */
    private Set<ValueKind> inList(Set<ValueKind> value, List<CelExpr> elements) {
        for (CelExpr element : elements) {
            checkSame(element, value, of(element));
        }
        return Set.of(ValueKind.BOOLEAN);
    }

    private void checkSame(CelExpr at, Set<ValueKind> left, Set<ValueKind> right) {
        if (KindPairs.none(left, right, KindPairs::canBeSame)) {
            problem(at, ValueKind.name(left) + " is never the same as " + ValueKind.name(right));
        }
    }

    private Set<ValueKind> operator(CelExpr expr, String function, List<CelExpr> operands) {
        String symbol = function.replace("_", "").replace("@", "");
        List<Set<ValueKind>> kinds = operands.stream().map(this::of).toList();
        Set<ValueKind> first = kinds.getFirst();
        Set<ValueKind> last = kinds.getLast();
        return switch (function) {
            case "!_", "_&&_", "_||_" -> {
                for (int i = 0; i < operands.size(); i++) {
                    condition(symbol, operands.get(i), kinds.get(i));
                }
                yield Set.of(ValueKind.BOOLEAN);
            }
            case "_?_:_" -> {
                condition("?", operands.getFirst(), first);
                Set<ValueKind> either = new HashSet<>(kinds.get(1));
                either.addAll(last);
                yield either;
            }
            case "_==_", "_!=_" -> {
                checkSame(expr, first, last);
                yield Set.of(ValueKind.BOOLEAN);
            }
            case "_<_", "_<=_", "_>_", "_>=_" -> {
                if (KindPairs.none(first, last, KindPairs::haveOrder)) {
                    problem(
                            expr,
                            "'" + symbol + "' has no order between " + ValueKind.name(first) + " and "
                                    + ValueKind.name(last));
                }
                yield Set.of(ValueKind.BOOLEAN);
            }
            case "@in" -> {
                if (lacks(last, Set.of(ValueKind.LIST, ValueKind.MAP))) {
                    problem(expr, "'in' looks into a list or a map, not into " + ValueKind.name(last));
                }
                yield Set.of(ValueKind.BOOLEAN);
            }
            default -> arithmetic(expr, symbol, operands, kinds);
        };
    }

    private Set<ValueKind> arithmetic(CelExpr expr, String symbol, List<CelExpr> operands, List<Set<ValueKind>> kinds) {
        Set<ValueKind> made = EnumSet.noneOf(ValueKind.class);
        for (ValueKind left : kinds.getFirst()) {
            for (ValueKind right : kinds.getLast()) {
                KindPairs.sum(symbol, left, right).ifPresent(made::add);
            }
        }
        if (!made.isEmpty() || kinds.stream().anyMatch(Set::isEmpty)) {
            return made;
        }
        boolean joinsText = symbol.equals("+") && kinds.stream().anyMatch(Signature.TEXT::equals);
        int wrong = joinsText
                ? kinds.getFirst().equals(Signature.TEXT) ? 1 : 0
                : lacks(kinds.getFirst(), ValueKind.NUMBERS) ? 0 : kinds.size() - 1;
        Set<ValueKind> found = kinds.get(wrong);
        if (joinsText) {
            problem(
                    expr,
                    "'+' joins text with text, not with " + ValueKind.name(found)
                            + "; write text(x) for the text of x");
        } else if (!lacks(found, ValueKind.NUMBERS)) {
            problem(
                    expr,
                    symbol.equals("/")
                            ? "decimals are not divided, since few quotients are exact; write double(x) / y"
                            : "'" + symbol + "' takes integers");
        } else {
            problem(operands.get(wrong), "'" + symbol + "' takes numbers, not " + ValueKind.name(found));
        }
        return ValueKind.ANY;
    }

    private Set<ValueKind> function(CelExpr expr, CelExpr.CelCall call) {
        List<CelExpr> arguments = new ArrayList<>();
        call.target().ifPresent(arguments::add);
        arguments.addAll(call.args());
        List<Set<ValueKind>> kinds = arguments.stream().map(this::of).toList();
        Optional<Signature> signature = KeyedFunctions.signature(call.function())
                .or(() -> Function.named(call.function()).map(Function::signature));
        if (signature.isEmpty() || signature.get().takes().size() != arguments.size()) {
            return ValueKind.ANY;
        }
        for (int i = 0; i < arguments.size(); i++) {
            Set<ValueKind> takes = signature.get().takes().get(i);
            if (lacks(kinds.get(i), takes)) {
                String advice = takes.equals(Signature.TEXT) ? "; write text(x) for the text of x" : "";
                problem(
                        expr,
                        call.function() + "() takes " + ValueKind.name(takes) + ", not " + ValueKind.name(kinds.get(i))
                                + advice);
            }
        }
        return signature.get().gives();
    }

    private void condition(String symbol, CelExpr operand, Set<ValueKind> kinds) {
        if (lacks(kinds, Set.of(ValueKind.BOOLEAN))) {
            String advice = symbol.equals("||") && kinds.equals(Signature.TEXT) ? "; texts are joined with '+'" : "";
            problem(operand, "'" + symbol + "' takes a condition, not " + ValueKind.name(kinds) + advice);
        }
    }

    private static boolean lacks(Set<ValueKind> kinds, Set<ValueKind> wanted) {
        return !kinds.isEmpty() && kinds.stream().noneMatch(wanted::contains);
    }

    private void problem(CelExpr expr, String message) {
        problems.add(new SyntaxProblem(offsets.of(expr), message));
    }
}
