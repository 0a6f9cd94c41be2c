package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.rules.ForEach;
import dev.freshet.rules.RuleName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one rule does for each row that its query finds, once they are found: for the changed row as it was, and as it is
 * where that asks for something else.
 */
public final class FanOut {
    private static final String PATH = "for_each";

    private final RowTexts texts;
    private final Actions actions;
    private final ForEach forEach;
    private final Optional<Question> old;
    private final Optional<Question> now;

    private FanOut(RowTexts texts, Actions actions, ForEach forEach, Optional<Question> old, Optional<Question> now) {
        this.texts = texts;
        this.actions = actions;
        this.forEach = forEach;
        this.old = old;
        this.now = now;
    }

    /** Empty where there is nothing to ask. */
    static Optional<FanOut> of(RowTexts texts, Actions actions, ForEach forEach) {
        Rows rows = actions.rows();
        Optional<Question> old =
                rows.old() == null ? Optional.empty() : texts.question(forEach.query(), PATH, rows.old(), true);
        Optional<Question> now =
                rows.now() == null ? Optional.empty() : texts.question(forEach.query(), PATH, rows.now(), false);
        return old.isEmpty() && now.isEmpty()
                ? Optional.empty()
                : Optional.of(new FanOut(texts, actions, forEach, old, now));
    }

    /** Whose it is. */
    public RuleName rule() {
        return texts.rule().rule().name();
    }

    /** The change that causes it. */
    public Change change() {
        return texts.change();
    }

    /** Its query, as the user wrote it. */
    public String query() {
        return forEach.query().text(parameter -> "{" + parameter.source().strip() + "}");
    }

    /** Under which its rows are seen. */
    public String variable() {
        return forEach.variable();
    }

    /** What has to be asked, each question once. */
    public List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        old.ifPresent(questions::add);
        now.filter(question -> !old.equals(Optional.of(question))).ifPresent(questions::add);
        return List.copyOf(questions);
    }

    /** What follows from the rows that were found, a list for each of {@link #questions}. */
    public Plan answered(List<? extends List<? extends Row>> found) {
        List<Question> questions = questions();
        Effects made = new Effects();
        RowTexts afresh = texts.into(made);
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            if (found.get(i).size() > question.most()) {
                made.fail(new Failure(
                        texts.rule().rule().name(),
                        PATH,
                        "the query finds more than " + question.most()
                                + " rows, the rule's limit; nothing was done for them"));
            } else {
                boolean isOld = old.equals(Optional.of(question));
                boolean isNow = now.equals(Optional.of(question));
                found.get(i)
                        .forEach(row -> actions.of(afresh, isOld, isNow, row).plan());
            }
        }
        return Effects.together(List.of(made.distinct().within(texts.rule().rule())));
    }

    /** What follows where nobody could answer. */
    public Failure failed(String reason) {
        return new Failure(texts.rule().rule().name(), PATH, reason);
    }
}
