package dev.freshet.connector.query;

import dev.freshet.plan.Question;
import dev.freshet.rules.expression.Query;

/** What questions that go into one statement have in common. */
record Asked(Query query, int most) {
    static Asked by(Question question) {
        return new Asked(question.query(), question.most());
    }
}
