package dev.freshet.sidecar.upgrade;

import dev.freshet.settings.Whereabouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of a place is another one than before, as far as both are known.
 *
 * @param all setting by setting
 */
public record Moves(List<Move> all) {
    /** Nothing moved, or nobody knows. */
    public static final Moves NONE = new Moves(List.of());

    private static final String SLOT = "source.slot";

    /** One setting. */
    public record Move(String setting, String was, String is) {
        @Override
        public String toString() {
            return setting + " was " + was + " and is " + is;
        }
    }

    public Moves {
        all = List.copyOf(all);
    }

    public static Moves between(Whereabouts old, Whereabouts now) {
        List<Move> all = new ArrayList<>();
        add(all, "cache.url", old.cache(), now.cache());
        add(all, "cache.prefix", old.prefix().map(Moves::quoted), now.prefix().map(Moves::quoted));
        add(all, SLOT, old.slot(), now.slot());
        return new Moves(all);
    }

    private static String quoted(String prefix) {
        return "'" + prefix + "'";
    }

    private static void add(List<Move> all, String setting, Optional<?> was, Optional<?> is) {
        if (was.isPresent() && is.isPresent() && !was.equals(is)) {
            all.add(new Move(setting, was.get().toString(), is.get().toString()));
        }
    }

    /** Whether no entry of before is where the new rules sweep. */
    public boolean leaveEveryEntry() {
        return all.stream().anyMatch(move -> !move.setting().equals(SLOT));
    }

    /** Whether the new process does not find the rules of the one before, and so not what only those put. */
    public boolean forgetTheRules() {
        return !all.isEmpty();
    }
}
