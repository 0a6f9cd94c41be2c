package dev.freshet.sidecar.upgrade;

import dev.freshet.change.TableId;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One rule set in the place of another.
 *
 * @param same the rules say the same, so that nothing happens
 * @param names every shape of names, the new ones in their order and then those that are dropped
 * @param snapshot tables that are read at the start, if the source's settings do not say otherwise
 */
public record Upgrade(boolean same, List<Name> names, Set<TableId> snapshot) {
    /** What becomes of a shape. */
    public enum Fate {
        ADDED,
        KEPT,
        /** Nobody keeps it any more. */
        DROPPED
    }

    /**
     * A shape and what becomes of it.
     *
     * @param was who kept it before, where that is somebody else
     */
    public record Name(Fate fate, KeyShape shape, Optional<String> was) {}

    public Upgrade {
        names = List.copyOf(names);
    }

    /**
     * Of rules, each with the tables by which its names are read backwards.
     *
     * @param then the tables of {@code old}
     */
    public static Upgrade of(RuleSet old, Catalog then, RuleSet now, Catalog catalog) {
        Map<String, KeyShape> before = KeyShape.of(old, then);
        Map<String, KeyShape> after = KeyShape.of(now, catalog);
        List<Name> names = new ArrayList<>();
        after.forEach((identity, shape) -> {
            KeyShape other = before.get(identity);
            names.add(new Name(
                    other == null ? Fate.ADDED : Fate.KEPT,
                    shape,
                    Optional.ofNullable(other).map(KeyShape::keeper).filter(keeper -> !keeper.equals(shape.keeper()))));
        });
        before.forEach((identity, shape) -> {
            if (!after.containsKey(identity)) {
                names.add(new Name(Fate.DROPPED, shape, Optional.empty()));
            }
        });
        Set<TableId> snapshot = new TreeSet<>();
        after.values().stream().filter(KeyShape::isPut).forEach(shape -> snapshot.addAll(shape.tables()));
        boolean same = old.fingerprint().equals(now.fingerprint());
        return new Upgrade(same, names, same ? Set.of() : snapshot);
    }

    /** Entries that Freshet removes at the start, since their rows may have changed meanwhile. */
    public List<KeyShape> swept() {
        return same ? List.of() : shapes(Fate.ADDED, Fate.KEPT);
    }

    /** Entries that Freshet wrote and removes at the start, since nobody keeps them any more. */
    public List<KeyShape> abandoned() {
        return shapes(Fate.DROPPED).stream().filter(KeyShape::isPut).toList();
    }

    /** Entries that applications fill and nobody removes any more. */
    public List<KeyShape> leftBehind() {
        return shapes(Fate.DROPPED).stream().filter(shape -> !shape.isPut()).toList();
    }

    /** Entries of the rules before, whoever fills them. */
    public List<KeyShape> before() {
        return shapes(Fate.KEPT, Fate.DROPPED);
    }

    private List<KeyShape> shapes(Fate... fates) {
        return names.stream()
                .filter(name -> List.of(fates).contains(name.fate()))
                .map(Name::shape)
                .filter(shape -> !shape.isTag())
                .toList();
    }
}
