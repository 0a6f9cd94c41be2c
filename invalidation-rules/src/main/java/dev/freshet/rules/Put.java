package dev.freshet.rules;

import dev.freshet.rules.expression.Template;
import java.util.List;

/** An entry, or a part of one, that Freshet keeps. */
public sealed interface Put permits RowPut, QueryPut {
    /** The entry's name. */
    Template key();

    /** Of the entry; a shared one is unlimited. */
    Lifetime lifetime();

    /** Under which a whole entry is registered; empty for a shared one. */
    List<Template> tags();

    /** The templates that name what has to go or to be refreshed when the row goes: its key, its member, its tags. */
    List<Template> names();

    /** Whether what it made can be found without any row: by a key that begins with a text, or by such tags. */
    default boolean isMatchable() {
        return key().beginsWithText() || (!tags().isEmpty() && tags().stream().allMatch(Template::beginsWithText));
    }
}
