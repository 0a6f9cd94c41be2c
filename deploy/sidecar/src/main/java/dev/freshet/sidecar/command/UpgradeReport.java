package dev.freshet.sidecar.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.change.TableId;
import dev.freshet.sidecar.upgrade.KeyShape;
import dev.freshet.sidecar.upgrade.Upgrade;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An upgrade for people and for programs.
 *
 * @param rows how many each table has, as the database guesses; those that are not there are not known
 */
record UpgradeReport(Upgrade upgrade, Map<TableId, Long> rows) {
    UpgradeReport {
        rows = Map.copyOf(rows);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (upgrade.same()) {
            return List.of("the rules say the same; nothing happens");
        }
        lines.add(
                "The rules differ. At its next start run removes what the new keys match and reads the tables again.");
        lines.add("");
        lines.add("keys and tags");
        upgrade.names().forEach(name -> lines.add(line(name)));
        lines.add("");
        lines.add("tables that are read");
        upgrade.snapshot().forEach(table -> lines.add("  " + table + count(List.of(table), "rows")));
        lines.add("");
        lines.add("entries that are removed, and written again where they are put");
        upgrade.swept().forEach(shape -> lines.add("  " + shape.pattern().glob() + count(shape.tables(), "entries")));
        if (!upgrade.abandoned().isEmpty()) {
            lines.add("");
            lines.add("entries that are removed for good, since nobody keeps them any more");
            upgrade.abandoned()
                    .forEach(shape -> lines.add("  " + shape.pattern().glob() + count(shape.tables(), "entries")));
        }
        if (!upgrade.leftBehind().isEmpty()) {
            lines.add("");
            lines.add(
                    "entries that the application fills and nobody removes any more: they STAY, and go stale, unless you remove them");
            upgrade.leftBehind().forEach(shape -> {
                String glob = shape.pattern().glob();
                lines.add("  " + glob + count(shape.tables(), "entries"));
                lines.add("    valkey-cli --scan --pattern '<cache.prefix>" + glob + "' | xargs valkey-cli unlink");
            });
        }
        return List.copyOf(lines);
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
        json.put("same", upgrade.same());
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
        ArrayNode swept = json.putArray("swept");
        patterns(swept, upgrade.swept());
        patterns(swept, upgrade.abandoned());
        patterns(json.putArray("left_behind"), upgrade.leftBehind());
        return json;
    }

    private static void patterns(ArrayNode to, List<KeyShape> shapes) {
        shapes.forEach(shape -> to.add(shape.pattern().glob()));
    }
}
