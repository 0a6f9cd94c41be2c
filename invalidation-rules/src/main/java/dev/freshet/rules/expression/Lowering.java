package dev.freshet.rules.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns CEL's syntax tree into {@link Node}s, once, collecting every problem on the way. */
final class Lowering {
    private static final Pattern DIGITS_AND_POINT = Pattern.compile("[0-9]*\\.[0-9]+(?![0-9eE])");
    private static final Map<String, Loop.Kind> LOOPS = Map.of(
            "exists", Loop.Kind.EXISTS,
            "all", Loop.Kind.ALL,
            "exists_one", Loop.Kind.EXISTS_ONE,
            "existsOne", Loop.Kind.EXISTS_ONE,
            "map", Loop.Kind.MAP,
            "filter", Loop.Kind.FILTER);

    private static final String CHANGE_PARTS = "change.op, change.committed_at and change.position";

    /** Stands where there is a problem. */
    private static final Node NOTHING = new Node.LoopVariable();

    private final String source;
    private final View view;
    private final Offsets offsets;
    private final CelExpr root;
    private final Set<String> columns = new LinkedHashSet<>();
    private final Set<String> columnsBefore = new LinkedHashSet<>();
    private final Set<String> columnsFound = new LinkedHashSet<>();
    private final List<SyntaxProblem> problems = new ArrayList<>();
    private @Nullable String loopVariable;
    private int depth;

    Lowering(String source, View view, CelAbstractSyntaxTree tree) {
        this.source = source;
        this.view = view;
        this.offsets = new Offsets(source, tree.getSource());
        this.root = tree.getExpr();
    }

    Compiled<CompiledExpression> compile() {
        Node node = lower(root);
        return problems.isEmpty()
                ? new Compiled.Ready<>(new CompiledExpression(node, columns, columnsBefore, columnsFound, source))
                : new Compiled.Refused<>(problems);
    }

    private Node lower(CelExpr expr) {
        if (depth == CelSyntax.MAX_DEPTH) {
            return problem(CelComplaint.tooDeep(offset(expr)));
        }
        depth++;
        try {
            return switch (expr.getKind()) {
                case CONSTANT -> constant(expr, expr.constant());
                case IDENT -> name(expr, expr.ident().name());
                case SELECT -> member(expr, expr.select());
                case CALL -> call(expr, expr.call());
                case LIST -> Folding.list(lowerAll(expr.list().elements()));
                case MAP -> map(expr.map());
                case STRUCT -> problem(expr, "there are no messages here; a map is written {\"name\": value}");
                case COMPREHENSION, NOT_SET -> throw new IllegalStateException("the parser expands no macros");
            };
        } catch (EvaluationException e) {
            return problem(expr, String.valueOf(e.getMessage()));
        } finally {
            depth--;
        }
    }

    private List<Node> lowerAll(List<CelExpr> exprs) {
        List<Node> nodes = new ArrayList<>(exprs.size());
        for (CelExpr expr : exprs) {
            nodes.add(lower(expr));
        }
        return nodes;
    }

    private Node constant(CelExpr expr, CelConstant constant) {
        return switch (constant.getKind()) {
            case NULL_VALUE -> new Node.Constant(null);
            case BOOLEAN_VALUE -> new Node.Constant(constant.booleanValue());
            case INT64_VALUE -> new Node.Constant(constant.int64Value());
            case DOUBLE_VALUE -> fraction(expr, constant.doubleValue());
            case STRING_VALUE -> new Node.Constant(constant.stringValue());
            case BYTES_VALUE ->
                new Node.Constant(
                        ByteBuffer.wrap(constant.bytesValue().toByteArray()).asReadOnlyBuffer());
            case UINT64_VALUE -> problem(expr, "numbers have no sign of their own here; leave the 'u' away");
            case TIMESTAMP_VALUE, DURATION_VALUE, NOT_SET ->
                throw new IllegalStateException("no literal of CEL is " + constant.getKind());
        };
    }

    /** As in SQL, digits with a point are a decimal, digits with an exponent a double. */
    private Node fraction(CelExpr expr, double value) {
        Matcher digits = DIGITS_AND_POINT.matcher(source).region(offset(expr), source.length());
        if (digits.lookingAt()) {
            BigDecimal decimal = new BigDecimal(digits.group());
            return new Node.Constant(value < 0 ? decimal.negate() : decimal);
        }
        return Double.isInfinite(value) ? problem(CelComplaint.doesNotFit(offset(expr))) : new Node.Constant(value);
    }

    private Node name(CelExpr expr, String name) {
        if (name.equals(loopVariable)) {
            return new Node.LoopVariable();
        }
        if (name.startsWith(".")) {
            return problem(expr, "a name does not begin with a dot");
        }
        if (ReservedNames.isOfEvent(name) && !view.event()) {
            return problem(
                    expr,
                    "'" + name + "' is part of the event, which only 'when' and 'publish' see; this is about one row");
        }
        if (ReservedNames.isObject(name) || view.isVariable(name)) {
            return problem(expr, "'" + name + "' is an object; read " + membersOf(name));
        }
        return column(name);
    }

    private static String membersOf(String object) {
        return switch (object) {
            case "table" -> "table.schema and table.name";
            case "change" -> CHANGE_PARTS;
            default -> "its columns: " + object + ".id, " + object + "[\"Order Id\"]";
        };
    }

    private Node column(String name) {
        columns.add(name);
        return new Node.Column(name);
    }

    /** Whether it is {@code before} or {@code after}, where they can be seen. */
    private boolean isImage(CelExpr expr) {
        return view.event() && (is(expr, "before") || is(expr, "after"));
    }

    /** Whether it is the row that a query found. */
    private boolean isVariable(CelExpr expr) {
        return expr.getKind() == CelExpr.ExprKind.Kind.IDENT
                && view.isVariable(expr.ident().name());
    }

    private Node found(String column) {
        columnsFound.add(column);
        return new Node.FoundColumn(column);
    }

    private Node eventColumn(CelExpr image, String name) {
        boolean isBefore = is(image, "before");
        columns.add(name);
        if (isBefore) {
            columnsBefore.add(name);
        }
        return new Node.EventColumn(isBefore, name);
    }

    private static boolean is(CelExpr expr, String name) {
        return expr.getKind() == CelExpr.ExprKind.Kind.IDENT
                && expr.ident().name().equals(name);
    }

    private Node member(CelExpr expr, CelExpr.CelSelect select) {
        if (is(select.operand(), "row")) {
            return column(select.field());
        }
        if (is(select.operand(), "table")) {
            return tablePart(expr, select.field());
        }
        if (isImage(select.operand())) {
            return eventColumn(select.operand(), select.field());
        }
        if (isVariable(select.operand())) {
            return found(select.field());
        }
        if (view.event() && is(select.operand(), "change")) {
            return changePart(expr, select.field());
        }
        return Folding.binary(Members::get, lower(select.operand()), new Node.Constant(select.field()));
    }

    private Node tablePart(CelExpr expr, String part) {
        return switch (part) {
            case "schema" -> Node.TablePart.SCHEMA;
            case "name" -> Node.TablePart.NAME;
            default -> problem(expr, "'table' has the members schema and name, not '" + part + "'");
        };
    }

    private Node changePart(CelExpr expr, String part) {
        return switch (part) {
            case "op" -> Node.ChangePart.OP;
            case "committed_at" -> Node.ChangePart.COMMITTED_AT;
            case "position" -> Node.ChangePart.POSITION;
            default -> problem(expr, "'change' has the members " + CHANGE_PARTS + ", not '" + part + "'");
        };
    }

    private Node index(CelExpr operand, CelExpr index) {
        if (isImage(operand)) {
            return lower(index) instanceof Node.Constant(String name)
                    ? eventColumn(operand, name)
                    : problem(index, "before[...] and after[...] take the name of a column, written out in quotes");
        }
        if (isVariable(operand)) {
            return lower(index) instanceof Node.Constant(String name)
                    ? found(name)
                    : problem(
                            index, operand.ident().name() + "[...] takes the name of a column, written out in quotes");
        }
        if (is(operand, "row")) {
            return lower(index) instanceof Node.Constant(String name)
                    ? column(name)
                    : problem(index, "row[...] takes the name of a column, written out in quotes");
        }
        return Folding.binary(Members::get, lower(operand), lower(index));
    }

    private Node map(CelExpr.CelMap map) {
        Map<String, Node> members = new LinkedHashMap<>();
        for (CelExpr.CelMap.Entry entry : map.entries()) {
            Node value = lower(entry.value());
            if (!(lower(entry.key()) instanceof Node.Constant(String name))) {
                problem(entry.key(), "the name of a member is text, written out in quotes");
            } else if (members.putIfAbsent(name, value) != null) {
                problem(entry.key(), "'" + name + "' stands here twice");
            }
        }
        return new Node.MapOf(members);
    }

    private Node call(CelExpr expr, CelExpr.CelCall call) {
        List<CelExpr> arguments = call.args();
        if (call.function().equals("_[_]")) {
            return index(arguments.get(0), arguments.get(1));
        }
        if (call.function().equals("has") && call.target().isEmpty()) {
            return has(expr, arguments);
        }
        Loop.Kind loop = LOOPS.get(call.function());
        if (loop != null) {
            return loop(expr, loop, call);
        }
        return Operators.isOperator(call.function())
                ? Operators.node(call.function(), lowerAll(arguments))
                : function(expr, call);
    }

    private Node has(CelExpr expr, List<CelExpr> arguments) {
        if (arguments.size() != 1 || arguments.get(0).getKind() != CelExpr.ExprKind.Kind.SELECT) {
            return problem(expr, "has() takes a member: has(x.y)");
        }
        CelExpr.CelSelect asked = arguments.get(0).select();
        if (is(asked.operand(), "row")
                || is(asked.operand(), "table")
                || isImage(asked.operand())
                || isVariable(asked.operand())) {
            return problem(expr, "a column is always there; compare it with null");
        }
        return new Logic.Has(lower(asked.operand()), asked.field());
    }

    static boolean isLoop(String function) {
        return LOOPS.containsKey(function);
    }

    private Node loop(CelExpr expr, Loop.Kind kind, CelExpr.CelCall call) {
        String name = call.function();
        List<CelExpr> arguments = call.args();
        if (loopVariable != null) {
            return problem(expr, "'" + name + "' inside another loop: what an expression costs is bounded");
        }
        if (call.target().isEmpty()
                || arguments.size() != 2
                || arguments.get(0).getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return problem(expr, "'" + name + "' takes a name and an expression: list." + name + "(x, x > 0)");
        }
        String variable = arguments.get(0).ident().name();
        if (variable.startsWith(".") || ReservedNames.isObject(variable) || view.isVariable(variable)) {
            return problem(arguments.get(0), "'" + variable + "' cannot be the name of an element");
        }
        Node range = lower(call.target().get());
        loopVariable = variable;
        Node body = lower(arguments.get(1));
        loopVariable = null;
        return new Loop(kind, range, body);
    }

    private Node function(CelExpr expr, CelExpr.CelCall call) {
        List<Node> arguments = new ArrayList<>();
        call.target().ifPresent(target -> arguments.add(lower(target)));
        arguments.addAll(lowerAll(call.args()));
        KeyedFunctions keyed = new KeyedFunctions(view.keys(), view.isValue());
        Optional<Function> named = keyed.named(call.function()).or(() -> Function.named(call.function()));
        if (named.isEmpty()) {
            return problem(keyed.refused(call.function(), offset(expr))
                    .orElseGet(() -> Function.missing(call.function(), offset(expr))));
        }
        Function function = named.get();
        if (!function.isWritten(call.target().isPresent()) || arguments.size() != function.arity()) {
            return problem(expr, "'" + function.name() + "' is written " + function.usage());
        }
        try {
            return function.application().to(arguments);
        } catch (IllegalArgumentException e) {
            return problem(call.args().get(call.args().size() - 1), String.valueOf(e.getMessage()));
        }
    }

    private Node problem(CelExpr expr, String message) {
        return problem(new SyntaxProblem(offset(expr), message));
    }

    private Node problem(SyntaxProblem problem) {
        problems.add(problem);
        return NOTHING;
    }

    private int offset(CelExpr expr) {
        return offsets.of(expr);
    }
}
