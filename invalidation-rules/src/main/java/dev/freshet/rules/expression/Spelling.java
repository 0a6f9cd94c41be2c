package dev.freshet.rules.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word that a user probably meant. */
final class Spelling {
    private static final int MAX_MISTAKES = 2;

    private Spelling() {}

    static Optional<String> nearest(String word, Collection<String> allowed) {
        return allowed.stream()
                .filter(candidate -> mistakes(word, candidate) <= Math.min(MAX_MISTAKES, candidate.length() / 2))
                .min(Comparator.<String>comparingInt(candidate -> mistakes(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's distance, without case. */
    private static int mistakes(String word, String candidate) {
        String a = TextFunctions.lower(word);
        String b = TextFunctions.lower(candidate);
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
