package dev.freshet.rules.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Compiles a pattern of {@code matches}. RE2 runs in linear time, but it unrolls counted repetitions, so that {@code
 * ((a{1000}){1000}){1000}} would fill the memory before it ran.
 */
final class BoundedRegex {
    private static final int MAX_STEPS = 10_000;

    private final String regex;
    private int at;

    private BoundedRegex(String regex) {
        this.regex = regex;
    }

    /** @throws PatternSyntaxException where it is no pattern of RE2, or one too large */
    static Pattern compile(String regex) {
        if (new BoundedRegex(regex).steps() > MAX_STEPS) {
            throw new PatternSyntaxException("its repetitions unroll to more than " + MAX_STEPS + " steps", regex);
        }
        return Pattern.compile(regex);
    }

    /** How many characters and classes there are once repetitions are written out; too many rather than too few. */
    private long steps() {
        Deque<Long> outer = new ArrayDeque<>();
        long sum = 0;
        long last = 0;
        for (; at < regex.length() && sum <= MAX_STEPS; at++) {
            char c = regex.charAt(at);
            if (c == '(') {
                outer.push(sum);
                sum = 0;
                last = 0;
            } else if (c == ')') {
                last = sum + 1;
                sum = last + (outer.isEmpty() ? 0 : outer.pop());
            } else if (c == '{') {
                long more = last * (count(at + 1) - 1);
                last += more;
                sum += more;
            } else {
                last = c == '\\' ? escape() : c == '[' ? characterClass() : 1;
                sum += last;
            }
        }
        return outer.stream().mapToLong(Long::longValue).sum() + sum;
    }

    /** Goes to the last char of an escape. */
    private int escape() {
        if (!regex.startsWith("\\Q", at)) {
            at++;
            return 1;
        }
        int from = at;
        int end = regex.indexOf("\\E", at);
        at = end < 0 ? regex.length() : end + 1;
        return at - from;
    }

    /** Goes to the bracket that closes a class; one that comes first stands for itself. */
    private int characterClass() {
        at += regex.startsWith("[^", at) ? 2 : 1;
        for (boolean first = true; at < regex.length() && (first || regex.charAt(at) != ']'); at++) {
            first = false;
            if (regex.charAt(at) == '\\') {
                at++;
            } else if (regex.startsWith("[:", at) && regex.indexOf(":]", at) > 0) {
                at = regex.indexOf(":]", at) + 1;
            }
        }
        return 1;
    }

    /** The larger number of {@code {n}}, {@code {n,}} or {@code {n,m}} after its brace; 1 where there is none. */
    private long count(int from) {
        long largest = 1;
        long number = 0;
        for (int i = from; i < regex.length() && number <= MAX_STEPS; i++) {
            char c = regex.charAt(i);
            if (c >= '0' && c <= '9') {
                number = number * 10 + c - '0';
                largest = Math.max(largest, number);
            } else if (c == ',') {
                number = 0;
            } else {
                break;
            }
        }
        return largest;
    }
}
