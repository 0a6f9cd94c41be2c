package dev.freshet.rules.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function of expressions.
 *
 * @param name as it is written
 * @param form where its first argument stands
 * @param signature the kinds of values that it takes and gives
 * @param application makes the step that applies it
 */
record Function(String name, Form form, Signature signature, Application application) {
    enum Form {
        /** {@code f(x)}. */
        CALL,
        /** {@code x.f()}. */
        MEMBER,
        /** Both. */
        EITHER
    }

    interface Application {
        /** @throws IllegalArgumentException where an argument cannot be what it is; its message says why, for users */
        Node to(List<Node> arguments);
    }

    private static final Set<ValueKind> NUMERIC =
            Set.of(ValueKind.INTEGER, ValueKind.DECIMAL, ValueKind.DOUBLE, ValueKind.TEXT);
    private static final Signature SIZE =
            Signature.of(Set.of(ValueKind.TEXT, ValueKind.BYTES, ValueKind.LIST, ValueKind.MAP), ValueKind.INTEGER);
    private static final Signature OF_TEXTS = Signature.of(Signature.TEXT, Signature.TEXT, ValueKind.BOOLEAN);

    private static final Map<String, Function> ALL = Arrays.stream(new Function[] {
                unary("size", Form.EITHER, SIZE, Conversions::size),
                ofTexts("startsWith", String::startsWith),
                ofTexts("endsWith", String::endsWith),
                ofTexts("contains", String::contains),
                new Function("matches", Form.EITHER, OF_TEXTS, Function::matches),
                unary("int", Form.CALL, Signature.of(NUMERIC, ValueKind.INTEGER), Conversions::toInt),
                unary("double", Form.CALL, Signature.of(NUMERIC, ValueKind.DOUBLE), Conversions::toDouble),
                unary("string", Form.CALL, Signature.TO_TEXT, TextForm::of),
                unary("text", Form.CALL, Signature.TO_TEXT, TextForm::of),
                ofText("lower", TextFunctions::lower),
                ofText("upper", TextFunctions::upper),
                ofText("trim", String::strip),
                ofText("slug", TextFunctions::slug),
                ofText("mask", TextFunctions::mask),
                unary("hash", Form.CALL, Signature.TO_TEXT, value -> TextFunctions.hash(TextForm.of(value))),
                binary(
                        "shard",
                        Form.CALL,
                        Signature.of(ValueKind.ANY, Set.of(ValueKind.INTEGER), ValueKind.INTEGER),
                        (value, count) -> TextFunctions.shard(TextForm.of(value), count)),
                unary("json", Form.CALL, new Signature(List.of(ValueKind.ANY), ValueKind.ANY), Conversions::fromJson),
                new Function(
                        "date",
                        Form.CALL,
                        Signature.of(ValueKind.TIMES, Signature.TEXT, ValueKind.TEXT),
                        Function::date)
            })
            .collect(Collectors.toUnmodifiableMap(Function::name, function -> function));

    private static final Map<String, String> REFUSED = Map.of(
            "now", "there is no clock: an entry is a function of its row",
            "timestamp", "there are no timestamps to compute with; compare a column with text such as \"2026-01-31\"",
            "duration", "there are no durations to compute with",
            "concat", "texts are joined with '+': a + b");

    /** What others call them. */
    private static final Map<String, String> ELSEWHERE =
            Map.of("len", "size", "length", "size", "count", "size", "str", "text", "string", "text");

    private static final List<String> KNOWN = Stream.concat(
                    ALL.keySet().stream(),
                    Stream.of("has", "exists", "all", "exists_one", "map", "filter", "hmac", "encrypt"))
            .toList();

    /** Every name that can be called, loops and those that need a key included. */
    static List<String> names() {
        return KNOWN;
    }

    static Optional<Function> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** How many arguments it takes, the one before the dot included. */
    int arity() {
        return signature.takes().size();
    }

    /** Why there is none of this name. */
    static SyntaxProblem missing(String name, int offset) {
        String reason = REFUSED.get(name);
        if (reason != null) {
            return new SyntaxProblem(offset, reason);
        }
        return new SyntaxProblem(
                offset,
                "unknown function '" + name + "'",
                Optional.ofNullable(ELSEWHERE.get(TextFunctions.lower(name))).or(() -> Spelling.nearest(name, KNOWN)));
    }

    boolean isWritten(boolean behindDot) {
        return switch (form) {
            case CALL -> !behindDot;
            case MEMBER -> behindDot;
            case EITHER -> true;
        };
    }

    /** How it is written, such as {@code shard(x, y)}. */
    String usage() {
        String rest = arity() == 1 ? "" : "y";
        return form == Form.MEMBER ? "x." + name + "(" + rest + ")" : name + "(x" + (rest.isEmpty() ? "" : ", y") + ")";
    }

    private static Function unary(String name, Form form, Signature signature, Node.StrictUnary operation) {
        return new Function(name, form, signature, arguments -> Folding.unary(operation, arguments.get(0)));
    }

    private static Function binary(String name, Form form, Signature signature, Node.StrictBinary operation) {
        return new Function(
                name, form, signature, arguments -> Folding.binary(operation, arguments.get(0), arguments.get(1)));
    }

    private static Function ofText(String name, UnaryOperator<String> operation) {
        return unary(
                name,
                Form.CALL,
                Signature.of(Signature.TEXT, ValueKind.TEXT),
                value -> operation.apply(Conversions.text(name, value)));
    }

    private static Function ofTexts(String name, BiPredicate<String, String> operation) {
        return binary(
                name,
                Form.MEMBER,
                OF_TEXTS,
                (left, right) -> operation.test(Conversions.text(name, left), Conversions.text(name, right)));
    }

    private static Node matches(List<Node> arguments) {
        String regex = literal(arguments.get(1), "the pattern of matches()");
        try {
            Pattern pattern = BoundedRegex.compile(regex);
            return Folding.unary(
                    value -> pattern.matcher(Conversions.text("matches", value)).find(), arguments.get(0));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("matches() takes a pattern of RE2: " + e.getDescription(), e);
        }
    }

    private static Node date(List<Node> arguments) {
        String pattern = literal(arguments.get(1), "the form of date()");
        try {
            return Folding.unary(DateText.ofPattern(pattern), arguments.get(0));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("date() takes a form such as \"yyyy-MM\": " + e.getMessage(), e);
        }
    }

    private static String literal(Node argument, String what) {
        if (argument instanceof Node.Constant(String text)) {
            return text;
        }
        throw new IllegalArgumentException(what + " is text written out, so that it is checked when rules are loaded");
    }
}
