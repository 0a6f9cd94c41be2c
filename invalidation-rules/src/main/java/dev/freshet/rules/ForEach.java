package dev.freshet.rules;

import dev.freshet.rules.expression.Query;

/**
 * What a rule does once for each row that a query finds.
 *
 * @param variable under which the rule's texts see such a row
 */
public record ForEach(String variable, Query query) {}
