package dev.freshet.rules.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Spelling {
    private Spelling() {}

    /**
     * The nearest word, if it is near enough to be worth naming: a third of its letters may differ, case does not count. Of two
     * that are as near, the one that begins alike.
     */
    public static Optional<String> nearest(String written, Collection<String> words) {
        String lower = written.toLowerCase(Locale.ROOT);
        Comparator<String> order = Comparator.<String>comparingInt(word -> distance(lower, lowered(word)))
                .thenComparing(word -> !lowered(word).regionMatches(0, lower, 0, 1))
                .thenComparing(Comparator.naturalOrder());
        return words.stream()
                .filter(word -> !word.equals(written))
                .filter(word -> distance(lower, lowered(word)) <= tolerance(word))
                .min(order);
    }

    private static String lowered(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    private static int tolerance(String word) {
        return Math.clamp(word.length() / 3, 1, 3);
    }

    /** Damerau-Levenshtein distance, optimal string alignment: two neighbours exchanged are one mistake. */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(last[j - 1] + change, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
