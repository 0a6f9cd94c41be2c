package dev.freshet.sidecar.demo;

/** The last words: the figures, and how to go on with one's own database. */
final class Closing {
    private static final String OWN_DATABASE = """

            For your own database: put its address, your tables and your keys into the demo's rule file.
              ./freshet demo --rules > freshet.yaml
              ./freshet check -c freshet.yaml
              ./freshet run -c freshet.yaml
            """;

    private Closing() {}

    static String text(Standing standing) {
        return (Figures.summary(standing) + System.lineSeparator() + OWN_DATABASE).stripTrailing();
    }
}
