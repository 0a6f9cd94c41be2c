package dev.freshet.rules;

import dev.freshet.rules.expression.Query;
import dev.freshet.rules.expression.Template;
import java.util.ArrayList;
import java.util.List;

/**
 * A query put: a whole entry that holds what a query finds. What it is asked follows from the key alone, so that whichever row
 * changed, one key is always asked one thing.
 *
 * @param key the entry's name
 * @param query each of its parameters is one of the key's expressions
 * @param form what the entry holds
 * @param lifetime of the entry; never {@link Lifetime.Until}, which a row says
 * @param tagged under which the entry is registered
 * @param bound for each parameter of the query, which of the key's expressions it is
 */
public record QueryPut(Template key, Query query, Form form, Lifetime lifetime, List<Tag> tagged, List<Integer> bound)
        implements Put {
    public QueryPut {
        tagged = List.copyOf(tagged);
        bound = List.copyOf(bound);
        if (bound.size() != query.parameters().size()) {
            throw new IllegalArgumentException("a query with a parameter that its key does not hold: " + query);
        }
    }

    /** What is made of the rows that a query finds; of none, no entry. */
    public enum Form {
        /** The one column of the one row, as text. */
        STRING,
        /** The one row as an object. */
        OBJECT,
        /** Every row as an object, in the query's order. */
        ARRAY,
        /** The one row, a column a field. */
        HASH,
        /** The column {@code member} of every row. */
        SET,
        /** The columns {@code member} and {@code score} of every row. */
        SORTED_SET
    }

    /**
     * A tag that is made of the key's expressions alone.
     *
     * @param bound for each expression of the template, which of the key's it is
     */
    public record Tag(Template template, List<Integer> bound) {
        public Tag {
            bound = List.copyOf(bound);
        }

        /** It for one key, by the texts that stand in that key. */
        public String filled(List<String> texts) {
            StringBuilder name = new StringBuilder();
            int hole = 0;
            for (Template.Part part : template.parts()) {
                name.append(
                        switch (part) {
                            case Template.Literal literal -> literal.text();
                            case Template.Hole expression -> texts.get(bound.get(hole));
                        });
                hole += part instanceof Template.Hole ? 1 : 0;
            }
            return name.toString();
        }
    }

    @Override
    public List<Template> tags() {
        return tagged.stream().map(Tag::template).toList();
    }

    @Override
    public List<Template> names() {
        List<Template> names = new ArrayList<>(tags());
        names.add(key);
        return List.copyOf(names);
    }
}
