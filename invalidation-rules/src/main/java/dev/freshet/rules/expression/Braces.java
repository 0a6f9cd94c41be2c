package dev.freshet.rules.expression;

import java.util.ArrayDeque;
import java.util.Deque;

/** Finds where an expression between braces ends. */
final class Braces {
    private Braces() {}

    /** The first closing brace that is neither quoted nor inside brackets of the expression; -1 where there is none. */
    static int closing(String source, int open) {
        Deque<Character> brackets = new ArrayDeque<>();
        for (int at = open + 1; at < source.length(); at++) {
            switch (source.charAt(at)) {
                case '\'', '"' -> at = endOfQuote(source, at);
                case '(', '[', '{' -> brackets.push(source.charAt(at));
                case ')', ']' -> brackets.poll();
                case '}' -> {
                    // a round or square bracket still open is for CEL to complain of
                    if (brackets.isEmpty() || brackets.poll() != '{') {
                        return at;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    /** The last char of the comment that begins here, the end of its line. */
    static int endOfComment(String source, int start) {
        int end = source.indexOf('\n', start);
        return end < 0 ? source.length() - 1 : end;
    }

    /** The last char of the quoted text that begins here; the last of all where it is not closed. */
    static int endOfQuote(String source, int start) {
        String one = source.substring(start, start + 1);
        String quote = source.startsWith(one.repeat(3), start) ? one.repeat(3) : one;
        boolean raw = start > 0 && "rR".indexOf(source.charAt(start - 1)) >= 0;
        for (int at = start + quote.length(); at < source.length(); at++) {
            if (source.startsWith(quote, at)) {
                return at + quote.length() - 1;
            }
            if (!raw && source.charAt(at) == '\\') {
                at++;
            }
        }
        return source.length() - 1;
    }
}
