package dev.freshet.sidecar.command;

import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.connector.debezium.PostgresBackfills;
import dev.freshet.deadletter.DeadLetter;
import dev.freshet.rules.QueryPut;
import dev.freshet.rules.Rule;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.write.TargetAwayException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Has the rows of dead letters read again, and tells which letters stay, since that does not make good what they tell of. */
final class Replay {
    /** So that no message in the log grows without bound. */
    private static final int ROWS_AT_A_TIME = 500;

    /** Where a value in a letter is written as the database writes it. */
    private static final Set<Catalog.Kind> SURE =
            Set.of(Catalog.Kind.INTEGER, Catalog.Kind.TEXT, Catalog.Kind.UUID, Catalog.Kind.BOOLEAN);

    private final Preparation prepared;
    private final PostgresBackfills backfills;
    private final BackfillWait wait;
    private final BiConsumer<DeadLetter, String> stays;

    /** {@code stays} hears of each letter that stays, and why. */
    Replay(Preparation prepared, PostgresBackfills backfills, BackfillWait wait, BiConsumer<DeadLetter, String> stays) {
        this.prepared = prepared;
        this.backfills = backfills;
        this.wait = wait;
        this.stays = stays;
    }

    /** Returns the letters that are made good. */
    List<DeadLetter> of(List<DeadLetter> letters)
            throws DatabaseUnreachableException, TargetAwayException, InterruptedException {
        Map<TableId, Map<String, List<DeadLetter>>> rows = new LinkedHashMap<>();
        for (DeadLetter letter : letters) {
            Optional<String> row = condition(letter);
            if (row.isEmpty()) {
                stays.accept(letter, "nobody can tell by it which row it was");
            } else if (!backfills.isThere(letter.table(), row.get())) {
                stays.accept(letter, "its row is gone");
            } else {
                rows.computeIfAbsent(letter.table(), table -> new LinkedHashMap<>())
                        .computeIfAbsent(row.get(), condition -> new ArrayList<>())
                        .add(letter);
            }
        }
        List<DeadLetter> good = new ArrayList<>();
        for (Map.Entry<TableId, Map<String, List<DeadLetter>>> ofTable : rows.entrySet()) {
            List<Map.Entry<String, List<DeadLetter>>> all =
                    List.copyOf(ofTable.getValue().entrySet());
            for (int from = 0; from < all.size(); from += ROWS_AT_A_TIME) {
                good.addAll(read(ofTable.getKey(), all.subList(from, Math.min(from + ROWS_AT_A_TIME, all.size()))));
            }
        }
        return good;
    }

    private List<DeadLetter> read(TableId table, List<Map.Entry<String, List<DeadLetter>>> rows)
            throws DatabaseUnreachableException, TargetAwayException, InterruptedException {
        String request = UUID.randomUUID().toString();
        backfills.ask(request, table, rows.stream().map(Map.Entry::getKey).collect(Collectors.joining(" or ")));
        Optional<String> failure = wait.await(request);
        List<DeadLetter> good = new ArrayList<>();
        for (Map.Entry<String, List<DeadLetter>> row : rows) {
            for (DeadLetter letter : row.getValue()) {
                Optional<String> reason = failure.or(() -> undone(letter));
                reason.ifPresentOrElse(why -> stays.accept(letter, why), () -> good.add(letter));
            }
        }
        return good;
    }

    /** What a row that is read does not do again. */
    private Optional<String> undone(DeadLetter letter) {
        Optional<Rule> rule = prepared.rules().rules().stream()
                .filter(each -> each.name().equals(letter.rule()))
                .findFirst();
        if (rule.isEmpty()) {
            return Optional.of("no rule has that name now");
        }
        boolean isFilledByOthers =
                rule.get().puts().stream().anyMatch(QueryPut.class::isInstance) && !isOfTheFirst(letter, rule.get());
        if (isFilledByOthers) {
            return Optional.of(
                    "rows of " + rule.get().tables().getFirst() + " fill the entries of its rule: backfill that");
        }
        boolean doesMore = !rule.get().invalidations().isEmpty()
                || !rule.get().purges().isEmpty()
                || !rule.get().publications().isEmpty();
        return doesMore
                ? Optional.of("its entries are put again; what the rule invalidates, purges or publishes is not")
                : Optional.empty();
    }

    /** A row that is read has the queries of a rule asked where it is of the first of the rule's tables alone. */
    private boolean isOfTheFirst(DeadLetter letter, Rule rule) {
        return rule.tables().getFirst().matches(letter.table());
    }

    /** Which row it is, as SQL; empty where a letter names none that can be read. */
    private Optional<String> condition(DeadLetter letter) {
        Optional<Catalog.Table> known = prepared.tables().contains(letter.table())
                ? prepared.catalog().table(letter.table())
                : Optional.empty();
        if (known.isEmpty() || letter.row().isEmpty() || known.get().rowKey().isEmpty()) {
            return Optional.empty();
        }
        List<String> columns = known.get().rowKey();
        if (!columns.stream()
                .allMatch(column ->
                        known.get().column(column).filter(Replay::isSure).isPresent())) {
            return Optional.empty();
        }
        return new RowId(letter.table(), letter.row()).parts(columns.size()).map(parts -> {
            List<String> equal = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                equal.add('"' + columns.get(i).replace("\"", "\"\"") + "\" = '"
                        + parts.get(i).replace("'", "''") + "'");
            }
            return "(" + String.join(" and ", equal) + ")";
        });
    }

    private static boolean isSure(Catalog.Column column) {
        return SURE.contains(column.kind());
    }
}
