package dev.freshet.pipeline;

import dev.freshet.change.Change;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.deadletter.DeadLetter;
import dev.freshet.plan.EdgeTarget;
import dev.freshet.plan.Failure;
import dev.freshet.plan.Operation;
import dev.freshet.rules.RuleName;

/** Makes dead letters of what cannot be done. */
final class DeadLetters {
    private DeadLetters() {}

    static DeadLetter of(Change change, Failure failure) {
        return new DeadLetter(
                failure.rule(),
                change.table(),
                change.ofRow().map(RowId::key).orElse(""),
                change.version(),
                change.committedAt(),
                failure.path() + ": " + failure.reason());
    }

    static DeadLetter of(Operation operation, String reason) {
        Place place = switch (operation) {
            case Operation.Refresh refresh -> Place.of(refresh.cause());
            case Operation.PutFound put -> Place.of(put.cause());
            case Operation.RemoveFound remove -> Place.of(remove.cause());
            case Operation.Put put -> Place.of(put.owner());
            case Operation.Remove remove -> Place.of(remove.owner());
            case Operation.Invalidate invalidate ->
                new Place(UNKNOWN, invalidate.key().text());
            case Operation.InvalidateTag tag -> new Place(UNKNOWN, "tag " + tag.tag());
            case Operation.Publish publish ->
                new Place(UNKNOWN, publish.destination().toString());
            case Operation.Purge purge ->
                new Place(new TableId("edges", purge.edge().text()), name(purge.target()));
            case Operation.InvalidatePrefix prefix -> new Place(UNKNOWN, "prefix " + prefix.prefix());
            case Operation.InvalidateTags tags ->
                new Place(UNKNOWN, "tags " + tags.tags().glob());
            case Operation.PutPart put -> Place.of(put.owner());
            case Operation.RemovePart remove -> Place.of(remove.owner());
            case Operation.DropPart drop -> new Place(UNKNOWN, drop.key() + " " + drop.part());
            case Operation.Sweep sweep -> new Place(sweep.table(), "");
            case Operation.SweepParts sweep -> new Place(sweep.table(), "");
            case Operation.SweepTagged sweep -> new Place(sweep.table(), "");
        };
        return new DeadLetter(
                operation.rule(), place.table(), place.row(), operation.version(), operation.committedAt(), reason);
    }

    /** No rule has seen it: its topic stands for the table, its place there for the row. */
    static DeadLetter of(Unread unread, Term term) {
        return new DeadLetter(
                NO_RULE,
                new TableId("kafka", unread.partition().topic()),
                unread.partition().number() + "@" + unread.offset(),
                Version.beginningOf(term.epoch()),
                unread.at(),
                unread.reason());
    }

    private record Place(TableId table, String row) {
        static Place of(RowId row) {
            return new Place(row.table(), row.key());
        }
    }

    private static String name(EdgeTarget target) {
        return switch (target) {
            case EdgeTarget.Tagged tagged -> "tag " + tagged.tag().text();
            case EdgeTarget.Url url -> "url " + url.url();
            case EdgeTarget.UrlPrefix prefix -> "prefix " + prefix.prefix();
            case EdgeTarget.Host host -> "host " + host.host();
            case EdgeTarget.Everything everything -> "all";
        };
    }

    private static final RuleName NO_RULE = new RuleName("?");
    private static final TableId UNKNOWN = new TableId("?", "?");
}
