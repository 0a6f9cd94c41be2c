package dev.freshet.plan;

import dev.freshet.rules.RuleName;

/**
 * A rule that could not be applied to a change; it goes to the dead letters and stops nothing else.
 *
 * @param rule the rule
 * @param path where in the rule, such as {@code put[0].value.price}
 * @param reason what went wrong, without row values
 */
public record Failure(RuleName rule, String path, String reason) {}
