/**
 * What the user wants: a {@link dev.freshet.rules.RuleSet} of compiled {@link dev.freshet.rules.Rule}s. {@code .yaml} reads
 * them from files, {@code .expression} evaluates what stands inside them.
 *
 * <p>Immutable and safe on any thread; evaluation has no side effect.
 */
@NullMarked
package dev.freshet.rules;

import org.jspecify.annotations.NullMarked;
