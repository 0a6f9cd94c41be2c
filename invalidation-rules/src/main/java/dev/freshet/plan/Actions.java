package dev.freshet.plan;

import dev.freshet.change.Row;
import dev.freshet.rules.QueryPut;
import dev.freshet.rules.Rule;
import dev.freshet.rules.expression.Scope;

/**
 * What a rule does besides its row puts, for the rows of one change.
 *
 * @param event what publications see
 * @param tell which of them are wanted
 */
record Actions(RowTexts texts, Rows rows, Scope event, Tell tell) {
    /** Who hears of a change. */
    enum Tell {
        EVERYBODY,
        /** What may be stale is refreshed or goes; nobody is told what may not be so. */
        NO_LISTENERS,
        /** A row that a snapshot read is no news. */
        QUERY_PUTS_ALONE
    }

    void plan() {
        Rule rule = texts.rule().rule();
        for (int i = 0; i < rule.puts().size(); i++) {
            if (rule.puts().get(i) instanceof QueryPut put) {
                new QueryPuts(texts, rows).plan(put, "put[" + i + "]");
            }
        }
        if (tell == Tell.QUERY_PUTS_ALONE) {
            return;
        }
        for (int i = 0; i < rule.invalidations().size(); i++) {
            new Invalidations(texts, rows).plan(rule.invalidations().get(i), "invalidate[" + i + "]");
        }
        for (int i = 0; i < rule.purges().size(); i++) {
            new Purges(texts, rows).plan(rule.purges().get(i), "purge[" + i + "]");
        }
        if (tell == Tell.EVERYBODY) {
            for (int i = 0; i < rule.publications().size(); i++) {
                new Publications(texts, event).plan(rule.publications().get(i), "publish[" + i + "]");
            }
        }
    }

    /** The same for one row that a query found for the old row, for the new one, or for both; publications tell of the new. */
    Actions of(RowTexts into, boolean isOld, boolean isNow, Row found) {
        boolean isNews = isNow || rows.now() == null;
        return new Actions(
                into,
                rows.with(isOld, isNow, found),
                event.with(found),
                tell == Tell.EVERYBODY && !isNews ? Tell.NO_LISTENERS : tell);
    }
}
