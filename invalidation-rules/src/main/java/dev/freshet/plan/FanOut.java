package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.rules.ForEach;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one rule does for each row that its query finds, once they are found: for the changed row as it was, and as it is
 * where that asks for something else.
 */
public final class FanOut {
    private static final String PATH = "for_each";
    private static final String MEND = "mend the query";

    private final RowTexts texts;
    private final Actions actions;
    private final Sweeps sweeps;
    private final ForEach forEach;
    private final Optional<Question> old;
    private final Optional<Question> now;

    private FanOut(
            RowTexts texts,
            Actions actions,
            Sweeps sweeps,
            ForEach forEach,
            Optional<Question> old,
            Optional<Question> now) {
        this.texts = texts;
        this.actions = actions;
        this.sweeps = sweeps;
        this.forEach = forEach;
        this.old = old;
        this.now = now;
    }

    /** Empty where there is nothing to ask. */
    static Optional<FanOut> of(RowTexts texts, Actions actions, Sweeps sweeps, ForEach forEach) {
        Rows rows = actions.rows();
        Optional<Question> old =
                rows.old() == null ? Optional.empty() : texts.question(forEach.query(), PATH, rows.old(), true);
        Optional<Question> now =
                rows.now() == null ? Optional.empty() : texts.question(forEach.query(), PATH, rows.now(), false);
        return old.isEmpty() && now.isEmpty()
                ? Optional.empty()
                : Optional.of(new FanOut(texts, actions, sweeps, forEach, old, now));
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
        return answered(found, Map.of());
    }

    /**
     * The same where not all of them are answered.
     *
     * @param refused why a question, by its place, has no answer; its list is empty
     */
    public Plan answered(List<? extends List<? extends Row>> found, Map<Integer, String> refused) {
        Effects swept = new Effects();
        Effects made = new Effects();
        List<Question> questions = questions();
        List<Integer> fewEnough = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            if (refused.containsKey(i)) {
                actOn(questions.get(i), NoRow.INSTANCE, made, swept, refused.get(i), MEND);
            } else if (found.get(i).size() > questions.get(i).most()) {
                actOn(
                        questions.get(i),
                        found.get(i).getFirst(),
                        made,
                        swept,
                        "the query finds more than " + questions.get(i).most() + " rows, the rule's limit",
                        WithoutRows.RAISE);
            } else {
                fewEnough.add(i);
            }
        }
        for (int i : fewEnough) {
            found.get(i).forEach(row -> of(questions.get(i), row, made).plan());
        }
        Effects once = made.distinct();
        return once.fitting(texts.rule().rule())
                .map(fitting -> Effects.together(List.of(swept.distinct(), fitting)))
                .orElseGet(() -> beyond(found, refused, once.size()));
    }

    /** What follows where each row that was found is known, and together they name too much. */
    private Plan beyond(List<? extends List<? extends Row>> found, Map<Integer, String> refused, int names) {
        Rule rule = texts.rule().rule();
        Effects swept = new Effects();
        Effects made = new Effects();
        List<Question> questions = questions();
        for (int i = 0; i < questions.size(); i++) {
            if (refused.containsKey(i)) {
                actOn(questions.get(i), NoRow.INSTANCE, made, swept, refused.get(i), MEND);
            } else if (!found.get(i).isEmpty()) {
                actOn(
                        questions.get(i),
                        found.get(i).getFirst(),
                        made,
                        swept,
                        "the rows that the query finds make " + names + " names, and the rule's limit is "
                                + rule.limit(),
                        WithoutRows.RAISE);
            }
        }
        return Effects.together(
                List.of(swept.distinct(), made.distinct().within(texts.rule().rule())));
    }

    private void actOn(Question question, Row any, Effects made, Effects swept, String why, String advice) {
        new WithoutRows(of(question, any, made), sweeps, swept, why, advice).plan();
    }

    private Actions of(Question question, Row found, Effects made) {
        Optional<Question> asked = Optional.of(question);
        return actions.of(texts.into(made), old.equals(asked), now.equals(asked), found);
    }
}
