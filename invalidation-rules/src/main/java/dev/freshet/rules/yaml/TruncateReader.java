package dev.freshet.rules.yaml;

import dev.freshet.rules.Invalidation;
import dev.freshet.rules.OnTruncate;
import dev.freshet.rules.Publication;
import dev.freshet.rules.Purge;
import dev.freshet.rules.TableSelector;
import dev.freshet.rules.expression.Keys;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code on_truncate}: actions that no row names. */
record TruncateReader(List<TableSelector> tables, Keepers keepers, Edges edges, Keys keys, Problems problems) {
    OnTruncate read(Section rule) {
        Optional<Section> section = rule.section("on_truncate");
        if (section.isEmpty()) {
            return OnTruncate.DEFAULT;
        }
        RuleTexts texts = new RuleTexts(keys, problems).withoutRows();
        KeyReader keyReader = KeyReader.withoutRows(texts, problems);
        PurgeReader purges = new PurgeReader(edges, texts, TagCheck.ofConstants(problems), problems);
        PublicationReader publications =
                new PublicationReader(new NamingRows(tables, false), keepers, texts.ofEvent(), problems);
        Optional<List<Invalidation>> invalidated = list(section.get(), "invalidate", "key", keyReader::invalidation);
        Optional<List<Purge>> purged = list(section.get(), "purge", "tag", purges::read);
        Optional<List<Publication>> published = list(section.get(), "publish", "stream", publications::read);
        section.get().finish();
        boolean nothing = invalidated.isEmpty() && purged.isEmpty() && published.isEmpty();
        return nothing ? OnTruncate.NOTHING : new OnTruncate(false, invalidated, purged, published);
    }

    private static <T> Optional<List<T>> list(
            Section section, String key, String first, Function<Section, Optional<T>> reader) {
        return section.node(key).isPresent()
                ? Optional.of(section.sections(key, first).stream()
                        .flatMap(item -> reader.apply(item).stream())
                        .toList())
                : Optional.empty();
    }
}
