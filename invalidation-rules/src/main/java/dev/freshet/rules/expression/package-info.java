/**
 * What stands inside a rule: {@link dev.freshet.rules.expression.Expression}s over one row, the {@link
 * dev.freshet.rules.expression.Template}s that make names of them, and the {@link dev.freshet.rules.expression.ValueShape}s
 * that make values.
 *
 * <p>A row arrives, text or a value leaves. Pure, bounded in size and cost, safe on any thread.
 */
@NullMarked
package dev.freshet.rules.expression;

import org.jspecify.annotations.NullMarked;
