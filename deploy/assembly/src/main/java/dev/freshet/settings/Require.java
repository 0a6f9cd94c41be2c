package dev.freshet.settings;

/** Holds callers to what a record promises; a user's mistake has been reported before it comes here. */
final class Require {
    private Require() {}

    static void that(boolean kept, String promise) {
        if (!kept) {
            throw new IllegalArgumentException(promise);
        }
    }
}
