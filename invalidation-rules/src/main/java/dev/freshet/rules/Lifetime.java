package dev.freshet.rules;

import dev.freshet.rules.expression.Expression;
import java.time.Duration;

/** How long a put's entry lives. */
public sealed interface Lifetime {
    /** Until it is removed. */
    record Unlimited() implements Lifetime {}

    /** As long after each write, before it is spread. */
    record Lasting(Duration ttl) implements Lifetime {}

    /** Until the moment that its row says: a timestamp or a date, in UTC where it has no zone; NULL: until it is removed. */
    record Until(Expression moment) implements Lifetime {}
}
