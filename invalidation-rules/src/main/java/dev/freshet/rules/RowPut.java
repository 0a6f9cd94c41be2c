package dev.freshet.rules;

import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.ReadColumns;
import dev.freshet.rules.expression.Template;
import dev.freshet.rules.expression.ValueShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A row put: an entry, or a part of one, that holds what its row says.
 *
 * @param key the entry's name
 * @param form what it holds
 * @param lifetime of the entry; a shared one is unlimited
 * @param tags under which a whole entry is registered; empty for a shared one
 */
public record RowPut(Template key, Form form, Lifetime lifetime, List<Template> tags) implements Put {
    /** What a put makes of its row. */
    public sealed interface Form {}

    /** One row owns the entry. */
    public sealed interface Whole extends Form {}

    /** One row owns a part of the entry, and other rows own the rest. */
    public sealed interface Shared extends Form {}

    public record AsString(Template value) implements Whole {}

    public record AsJson(ValueShape value) implements Whole {}

    /** {@code value} is {@link ValueShape.Columns}, {@link ValueShape.AllColumns} or {@link ValueShape.Members}. */
    public record AsHash(ValueShape value) implements Whole {}

    /** The fields that {@code value} names, of a hash; it is {@link ValueShape.Columns} or {@link ValueShape.Members}. */
    public record AsMergedHash(ValueShape value) implements Shared {
        /** Every field it may write, in order. */
        public List<String> fields() {
            return switch (value) {
                case ValueShape.Columns(List<String> names) -> List.copyOf(new TreeSet<>(names));
                case ValueShape.Members(Map<String, ValueShape> members) ->
                    List.copyOf(new TreeSet<>(members.keySet()));
                case ValueShape.AllColumns all -> throw noFields();
                case ValueShape.Elements elements -> throw noFields();
                case ValueShape.Leaf leaf -> throw noFields();
            };
        }

        private static IllegalStateException noFields() {
            return new IllegalStateException("a merged hash names its fields");
        }
    }

    /** One field of a hash. */
    public record AsHashField(Template member, ValueShape.Leaf value) implements Shared {}

    public record AsSetMember(Template member) implements Shared {}

    public record AsSortedSetMember(Template member, Expression score) implements Shared {}

    /** Every column that decides what is written where. */
    public ReadColumns columns() {
        ReadColumns all = new ReadColumns.Only(key.columns()).and(formColumns());
        for (Template tag : tags) {
            all = all.and(new ReadColumns.Only(tag.columns()));
        }
        return switch (lifetime) {
            case Lifetime.Until(Expression moment) -> all.and(new ReadColumns.Only(moment.columns()));
            case Lifetime.Unlimited unlimited -> all;
            case Lifetime.Lasting lasting -> all;
        };
    }

    private ReadColumns formColumns() {
        return switch (form) {
            case AsString(Template value) -> new ReadColumns.Only(value.columns());
            case AsJson(ValueShape value) -> value.columns();
            case AsHash(ValueShape value) -> value.columns();
            case AsMergedHash(ValueShape value) -> value.columns();
            case AsHashField(Template member, ValueShape.Leaf value) ->
                new ReadColumns.Only(member.columns()).and(value.columns());
            case AsSetMember(Template member) -> new ReadColumns.Only(member.columns());
            case AsSortedSetMember(Template member, Expression score) ->
                new ReadColumns.Only(member.columns()).and(new ReadColumns.Only(score.columns()));
        };
    }

    @Override
    public List<Template> names() {
        List<Template> names = new ArrayList<>(tags);
        names.add(key);
        switch (form) {
            case AsHashField field -> names.add(field.member());
            case AsSetMember set -> names.add(set.member());
            case AsSortedSetMember sorted -> names.add(sorted.member());
            case AsMergedHash merged -> {}
            case Whole whole -> {}
        }
        return List.copyOf(names);
    }
}
