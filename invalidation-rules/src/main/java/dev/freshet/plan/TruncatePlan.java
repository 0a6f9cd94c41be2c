package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.RowId;
import dev.freshet.rules.Invalidation;
import dev.freshet.rules.OnTruncate;
import dev.freshet.rules.Publication;
import dev.freshet.rules.Purge;
import dev.freshet.rules.Put;
import dev.freshet.rules.Rule;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.Scope;
import dev.freshet.rules.expression.Template;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one rule does when its table is truncated: no row tells what there was. Names that cannot be told from others stay; a
 * rule that has such names says {@code on_truncate}.
 */
record TruncatePlan(RowTexts texts, Catalog catalog) {
    void plan() {
        OnTruncate said = rule().onTruncate();
        Sweeps sweeps = Sweeps.after(texts.change(), rule(), catalog);
        Set<Operation> all = new LinkedHashSet<>();
        if (!said.keepsPuts()) {
            rule().puts().stream().filter(Put::isMatchable).forEach(put -> all.addAll(sweeps.of(put)));
        }
        if (said.invalidations().isEmpty()) {
            rule().invalidations().stream()
                    .filter(invalidation -> invalidation.name().beginsWithText())
                    .map(sweeps::of)
                    .forEach(all::add);
        }
        all.forEach(texts.effects()::write);
        said.invalidations().ifPresent(this::invalidate);
        purge(said.purges());
        publish(said.publications());
    }

    private Rule rule() {
        return texts.rule().rule();
    }

    /** A truncate as a row that is there and holds nothing; nor does what a query would have found. */
    private Rows noRow() {
        Change change = texts.change();
        RowId id = new RowId(change.table(), "?");
        return new Rows(null, false, new Scope(change.table(), NoRow.INSTANCE).with(NoRow.INSTANCE), id, id);
    }

    private void invalidate(List<Invalidation> invalidations) {
        for (int i = 0; i < invalidations.size(); i++) {
            new Invalidations(texts, noRow()).plan(invalidations.get(i), "on_truncate.invalidate[" + i + "]");
        }
    }

    /** Where nothing is said, what no row has to name is purged, and the rest is for a person to decide; never everything. */
    private void purge(Optional<List<Purge>> said) {
        List<Purge> purges = said.orElse(rule().purges());
        for (int i = 0; i < purges.size(); i++) {
            Purge purge = purges.get(i);
            String path = (said.isPresent() ? "on_truncate.purge[" : "purge[") + i + "]";
            if (said.isPresent()
                    || purge.what().name().filter(Template::isConstant).isPresent()) {
                new Purges(texts, noRow()).plan(purge, path);
            } else {
                texts.effects()
                        .fail(new Failure(
                                rule().name(),
                                path,
                                "the table was truncated, and no row says what to purge; say it with on_truncate"));
            }
        }
    }

    private void publish(Optional<List<Publication>> said) {
        List<Publication> publications = said.orElse(rule().publications());
        Scope event = texts.rule().scope(texts.change(), null, null).with(NoRow.INSTANCE);
        for (int i = 0; i < publications.size(); i++) {
            String path = (said.isPresent() ? "on_truncate.publish[" : "publish[") + i + "]";
            new Publications(texts, event).plan(publications.get(i), path);
        }
    }
}
