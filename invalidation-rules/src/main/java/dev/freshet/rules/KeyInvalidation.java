package dev.freshet.rules;

import dev.freshet.rules.expression.Template;

/** An entry that an application fills, and that goes when its row changes. */
public record KeyInvalidation(Template key) {}
