package dev.freshet.sidecar.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.change.TableId;
import dev.freshet.settings.Whereabouts;
import dev.freshet.sidecar.upgrade.KeyShape;
import dev.freshet.sidecar.upgrade.Moves;
import dev.freshet.sidecar.upgrade.Upgrade;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An upgrade for people and for programs.
 *
 * @param rows how many each table has, as the database guesses; those that are not there are not known
 * @param place where the entries of before are
 * @param moves what of it is another place now
 */
record UpgradeReport(Upgrade upgrade, Map<TableId, Long> rows, Whereabouts place, Moves moves) {
    UpgradeReport {
        rows = Map.copyOf(rows);
    }

    /** Whether nothing happens. */
    boolean same() {
        return upgrade.same() && moves.all().isEmpty();
    }

    /** What nobody removes any more; where rules are not found, what they put as well. */
    private List<KeyShape> staying() {
        if (moves.leaveEveryEntry()) {
            return upgrade.before();
        }
        List<KeyShape> staying = new ArrayList<>(moves.forgetTheRules() ? upgrade.abandoned() : List.of());
        staying.addAll(upgrade.leftBehind());
        return List.copyOf(staying);
    }

    List<String> lines() {
        if (same()) {
            return List.of("the rules say the same; nothing happens");
        }
        List<String> lines = new ArrayList<>();
        if (!moves.all().isEmpty()) {
            lines.add("The place differs: the new one begins anew there, and does not know of the one before.");
            moves.all().forEach(move -> lines.add("  " + move));
            lines.add("");
        }
        if (upgrade.same()) {
            lines.add("The rules say the same.");
        } else {
            addRules(lines);
        }
        addStaying(lines);
        return List.copyOf(lines);
    }

    private void addRules(List<String> lines) {
        lines.add(
                "The rules differ. At its next start run reads the tables again, and then removes what no row puts any more.");
        lines.add("");
        lines.add("keys and tags");
        upgrade.names().forEach(name -> lines.add(line(name)));
        lines.add("");
        lines.add("tables that are read");
        upgrade.snapshot().forEach(table -> lines.add("  " + table + count(List.of(table), "rows")));
        lines.add("");
        lines.add("entries that are written again, or removed where no row puts them");
        upgrade.swept().forEach(shape -> lines.add(entries(shape)));
        if (!upgrade.abandoned().isEmpty() && !moves.forgetTheRules()) {
            lines.add("");
            lines.add("entries that are removed for good, since nobody keeps them any more");
            upgrade.abandoned().forEach(shape -> lines.add(entries(shape)));
        }
    }

    private void addStaying(List<String> lines) {
        List<KeyShape> staying = staying();
        if (staying.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(
                moves.forgetTheRules()
                        ? "entries of before that nobody removes any more: they STAY, and go stale, unless you remove them once that one has"
                                + " stopped"
                        : "entries that the application fills and nobody removes any more: they STAY, and go stale, unless you remove them");
        if (place.password()) {
            lines.add("  (the password of the cache is in none of these commands: have it in REDISCLI_AUTH)");
        }
        for (KeyShape shape : staying) {
            lines.add(entries(shape));
            new Removal(place, shape.reached()).lines().forEach(line -> lines.add("    " + line));
        }
    }

    private String entries(KeyShape shape) {
        return "  " + shape.reached().glob() + count(shape.tables(), "entries");
    }

    private static String line(Upgrade.Name name) {
        String sign = switch (name.fate()) {
            case ADDED -> "+";
            case KEPT -> "=";
            case DROPPED -> "-";
        };
        return "  " + sign + " " + name.shape().text() + "  " + name.shape().keeper()
                + name.was().map(keeper -> ", was " + keeper).orElse("");
    }

    /** One entry a row, roughly. */
    private String count(Iterable<TableId> tables, String what) {
        long all = 0;
        for (TableId table : tables) {
            all += rows.getOrDefault(table, 0L);
        }
        return rows.isEmpty() ? "" : all == 0 ? "  " + what + " not counted yet" : "  about " + all + " " + what;
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("same", same());
        ArrayNode names = json.putArray("names");
        for (Upgrade.Name name : upgrade.names()) {
            ObjectNode one = names.addObject()
                    .put("fate", name.fate().name().toLowerCase(Locale.ROOT))
                    .put("name", name.shape().text())
                    .put("pattern", name.shape().pattern().glob())
                    .put("keeper", name.shape().keeper());
            name.was().ifPresent(keeper -> one.put("was", keeper));
        }
        ArrayNode tables = json.putArray("snapshot");
        for (TableId table : upgrade.snapshot()) {
            ObjectNode one = tables.addObject().put("table", table.toString());
            if (rows.containsKey(table)) {
                one.put("rows", rows.get(table));
            }
        }
        ArrayNode moved = json.putArray("moved");
        moves.all()
                .forEach(move -> moved.addObject()
                        .put("setting", move.setting())
                        .put("was", move.was())
                        .put("is", move.is()));
        ArrayNode swept = json.putArray("swept");
        patterns(swept, upgrade.swept());
        if (!moves.forgetTheRules()) {
            patterns(swept, upgrade.abandoned());
        }
        patterns(json.putArray("left_behind"), staying());
        return json;
    }

    private static void patterns(ArrayNode to, List<KeyShape> shapes) {
        shapes.forEach(shape -> to.add(shape.reached().glob()));
    }
}
