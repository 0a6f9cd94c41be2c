package dev.freshet.rules;

/** {@code *} stands for any characters, none included; everything else for itself. */
final class Glob {
    private Glob() {}

    static boolean matches(String glob, String text) {
        int star = glob.indexOf('*');
        if (star < 0) {
            return glob.equals(text);
        }
        if (!text.startsWith(glob.substring(0, star))) {
            return false;
        }
        String rest = glob.substring(star + 1);
        for (int from = star; from <= text.length(); from++) {
            if (matches(rest, text.substring(from))) {
                return true;
            }
        }
        return false;
    }

    /** Whether some text matches both. */
    static boolean overlap(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return matches(a, b) || matches(b, a);
        }
        char first = a.charAt(0);
        char other = b.charAt(0);
        if (first == '*') {
            return overlap(a.substring(1), b) || overlap(a, b.substring(1));
        }
        if (other == '*') {
            return overlap(b, a);
        }
        return first == other && overlap(a.substring(1), b.substring(1));
    }
}
