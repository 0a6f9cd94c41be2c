package dev.freshet.plan;

import dev.freshet.rules.Invalidation;
import dev.freshet.rules.Publication;
import dev.freshet.rules.Purge;
import dev.freshet.rules.Purged;
import dev.freshet.rules.Put;
import dev.freshet.rules.QueryPut;
import dev.freshet.rules.Rule;
import dev.freshet.rules.expression.Template;

/**
 * What a rule does where its query finds more than the rule may act on, or where nobody could answer it, so that no row of
 * what it finds counts.
 *
 * <p>Names that are known all the same are acted on. Of the others, purges become what they are escalated to, where that is
 * known, and entries go as when the table is truncated: all that may have such a key, rather than that one of them is stale.
 * A snapshot's row has changed nothing, so its entries stay. What this leaves undone is a failure, one for each action.
 *
 * @param actions those of any row that was found
 * @param swept takes the sweeps, which are few and not counted
 * @param why without what follows from it
 * @param advice how to have it done name by name
 */
record WithoutRows(Actions actions, Sweeps sweeps, Effects swept, String why, String advice) {
    static final String RAISE = "raise the limit";

    private static boolean isKnown(Template name) {
        return name.columnsFound().isEmpty();
    }

    void plan() {
        Rule rule = actions.texts().rule().rule();
        for (int i = 0; i < rule.puts().size(); i++) {
            put(rule.puts().get(i), "put[" + i + "]");
        }
        if (actions.tell() == Actions.Tell.QUERY_PUTS_ALONE) {
            return;
        }
        for (int i = 0; i < rule.invalidations().size(); i++) {
            invalidate(rule.invalidations().get(i), "invalidate[" + i + "]");
        }
        for (int i = 0; i < rule.purges().size(); i++) {
            purge(rule.purges().get(i), "purge[" + i + "]");
        }
        if (actions.tell() == Actions.Tell.EVERYBODY) {
            for (int i = 0; i < rule.publications().size(); i++) {
                publish(rule.publications().get(i), "publish[" + i + "]");
            }
        }
    }

    private static boolean isKnown(Purged what) {
        return what.name().filter(name -> !isKnown(name)).isEmpty();
    }

    private void put(Put put, String path) {
        if (put instanceof QueryPut queried && isKnown(put.key())) {
            new QueryPuts(actions.texts(), actions.rows()).plan(queried, path);
        } else if (actions.tell() == Actions.Tell.QUERY_PUTS_ALONE) {
            fail(path, "no entry was made; " + advice);
        } else if (put.isMatchable()) {
            sweeps.of(put).forEach(swept::write);
            removed(path);
        } else {
            stale(path);
        }
    }

    private void invalidate(Invalidation invalidation, String path) {
        if (isKnown(invalidation.name())) {
            new Invalidations(actions.texts(), actions.rows()).plan(invalidation, path);
        } else if (invalidation.name().beginsWithText()) {
            swept.write(sweeps.of(invalidation));
            removed(path);
        } else {
            stale(path);
        }
    }

    private void purge(Purge purge, String path) {
        if (!new Purges(actions.texts(), actions.rows()).plan(purge, path, WithoutRows::isKnown)) {
            fail(
                    path,
                    "nothing was purged, and no escalate says what to purge instead of them all; write escalate: [{all: true}], or "
                            + advice);
        }
    }

    private void publish(Publication publication, String path) {
        if (isKnown(publication.name()) && publication.value().columnsFound().isEmpty()) {
            new Publications(actions.texts(), actions.event()).plan(publication, path);
        } else {
            fail(path, "nobody was told; " + advice);
        }
    }

    private void removed(String path) {
        fail(path, "every entry with such a name was removed, whichever row it is of; " + advice);
    }

    private void stale(String path) {
        fail(
                path,
                "entries may be stale, since such names cannot be told from others; " + advice
                        + ", or begin the name with a text");
    }

    private void fail(String path, String what) {
        swept.fail(new Failure(actions.texts().rule().rule().name(), path, why + "; " + what));
    }
}
