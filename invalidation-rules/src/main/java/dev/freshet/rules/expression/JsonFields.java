package dev.freshet.rules.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of a shape, its names shared by all rows.
 *
 * @param values one for each name
 */
record JsonFields(List<String> names, List<@Nullable Object> values) {}
