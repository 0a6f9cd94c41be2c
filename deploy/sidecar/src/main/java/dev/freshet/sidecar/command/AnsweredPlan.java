package dev.freshet.sidecar.command;

import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import dev.freshet.change.Transactions;
import dev.freshet.pipeline.DatabaseAwayException;
import dev.freshet.pipeline.Queries;
import dev.freshet.plan.Failure;
import dev.freshet.plan.FanOut;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Plan;
import dev.freshet.plan.Question;
import dev.freshet.rules.expression.EvaluationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A plan once the database has said what its rules ask, as it is now: the change in question need not have happened. */
record AnsweredPlan(Queries queries) {
    Plan of(Plan plan) {
        List<Operation> operations = new ArrayList<>();
        List<Failure> failures = new ArrayList<>(plan.failures());
        plan.operations().forEach(operation -> add(operation, operations, failures));
        for (FanOut fanOut : plan.fanOuts()) {
            Plan answered = answered(fanOut);
            answered.operations().forEach(operation -> add(operation, operations, failures));
            failures.addAll(answered.failures());
        }
        return new Plan(operations, failures, List.of());
    }

    private Plan answered(FanOut fanOut) {
        List<List<? extends Row>> found = new ArrayList<>();
        Map<Integer, String> refused = new HashMap<>();
        List<Question> questions = fanOut.questions();
        for (int i = 0; i < questions.size(); i++) {
            switch (ask(questions.get(i))) {
                case Queries.Answer.Found(List<? extends Row> rows) -> found.add(rows);
                case Queries.Answer.Refused(String reason) -> {
                    found.add(List.of());
                    refused.put(i, reason);
                }
            }
        }
        return fanOut.answered(found, refused);
    }

    private void add(Operation operation, List<Operation> operations, List<Failure> failures) {
        if (!(operation instanceof Operation.Refresh refresh)) {
            operations.add(operation);
            return;
        }
        switch (ask(refresh.question())) {
            case Queries.Answer.Found(List<? extends Row> rows) -> {
                try {
                    operations.add(refresh.answered(rows));
                } catch (EvaluationException | NoSuchColumnException e) {
                    failures.add(new Failure(refresh.rule(), "query", String.valueOf(e.getMessage())));
                }
            }
            case Queries.Answer.Refused(String reason) -> failures.add(new Failure(refresh.rule(), "query", reason));
        }
    }

    private Queries.Answer ask(Question question) {
        try {
            return queries.ask(List.of(question), Transactions.NONE).getFirst();
        } catch (DatabaseAwayException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.failed("interrupted");
        }
    }
}
