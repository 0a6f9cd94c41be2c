package dev.freshet.pipeline;

import dev.freshet.change.Change;
import dev.freshet.change.NoSuchColumnException;
import dev.freshet.change.Row;
import dev.freshet.change.Transactions;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.deadletter.DeadLetter;
import dev.freshet.plan.FanOut;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Plan;
import dev.freshet.plan.Question;
import dev.freshet.rules.expression.EvaluationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The plans of one batch on their way to the target, in the order of their changes. What rules ask the database is asked here,
 * and what grows with the answers is delivered piece by piece, so that memory holds one piece.
 *
 * <p>Pieces are delivered in order, and within a piece operations are coalesced, so the last word on each entry is that of the
 * last change. What one change makes is delivered together, since a stream takes what one change says to it at once. Purges of a
 * piece are handed on once the rest of it is in the target: an edge that is purged before would fill itself from a stale cache.
 */
final class Work {
    /** Operations that are held together, unless one change makes more. */
    private static final int PIECE = 20_000;

    private final Asker asker;
    private final Delivery delivery;
    private final Transactions visible;
    private final Consumer<List<Operation.Purge>> edges;
    private final boolean isOfEdgesAlone;
    private final List<DeadLetter> letters = new ArrayList<>();

    /** @param edges told of purges once the target has what they come from */
    Work(Asker asker, Delivery delivery, Transactions visible, Consumer<List<Operation.Purge>> edges) {
        this(asker, delivery, visible, edges, false);
    }

    private Work(
            Asker asker,
            Delivery delivery,
            Transactions visible,
            Consumer<List<Operation.Purge>> edges,
            boolean isOfEdgesAlone) {
        this.asker = asker;
        this.delivery = delivery;
        this.visible = visible;
        this.edges = edges;
        this.isOfEdgesAlone = isOfEdgesAlone;
    }

    /** The same for changes that the target has already, and whose letters are written: their purges alone. */
    Work ofEdgesAlone() {
        return new Work(asker, delivery, visible, edges, true);
    }

    /** What one change means. */
    record Planned(Change change, Plan plan) {}

    /** Returns when everything is applied or set aside. */
    void finish(List<Planned> all) throws StandDownException, InterruptedException {
        Inquiry fanOuts = new Inquiry(
                asker,
                all.stream()
                        .flatMap(each -> each.plan().fanOuts().stream())
                        .flatMap(fanOut -> fanOut.questions().stream())
                        .toList(),
                visible);
        List<Operation> piece = new ArrayList<>(all.size());
        for (Planned each : all) {
            take(each.change(), each.plan(), piece);
            for (FanOut fanOut : each.plan().fanOuts()) {
                take(each.change(), answered(fanOut, fanOuts), piece);
            }
            if (!each.plan().fanOuts().isEmpty() && (piece.size() >= PIECE || fanOuts.isBetweenAnswers())) {
                deliver(piece);
                piece.clear();
            }
        }
        deliver(piece);
    }

    private void take(Change change, Plan plan, List<Operation> piece) {
        piece.addAll(plan.operations());
        plan.failures().forEach(failure -> letters.add(DeadLetters.of(change, failure)));
    }

    private static Plan answered(FanOut fanOut, Inquiry inquiry) throws StandDownException, InterruptedException {
        List<List<? extends Row>> found = new ArrayList<>();
        Map<Integer, String> refused = new HashMap<>();
        for (int i = 0; i < fanOut.questions().size(); i++) {
            switch (inquiry.next()) {
                case Queries.Answer.Found(List<? extends Row> rows) -> found.add(rows);
                case Queries.Answer.Refused(String reason) -> {
                    found.add(List.of());
                    refused.put(i, reason);
                }
            }
        }
        return fanOut.answered(found, refused);
    }

    private void deliver(List<Operation> piece) throws StandDownException, InterruptedException {
        List<Operation> coalesced = Coalescer.coalesce(piece);
        List<Operation.Purge> purges = coalesced.stream()
                .flatMap(operation -> operation instanceof Operation.Purge purge ? Stream.of(purge) : Stream.empty())
                .toList();
        if (!isOfEdgesAlone) {
            answerAndDeliver(purges.isEmpty() ? coalesced : withoutPurges(coalesced));
            delivery.setAside(letters);
        }
        letters.clear();
        if (!purges.isEmpty()) {
            edges.accept(purges);
        }
    }

    private static List<Operation> withoutPurges(List<Operation> operations) {
        return operations.stream()
                .filter(operation -> !(operation instanceof Operation.Purge))
                .toList();
    }

    private void answerAndDeliver(List<Operation> coalesced) throws StandDownException, InterruptedException {
        List<Question> questions = new ArrayList<>();
        for (Operation operation : coalesced) {
            if (operation instanceof Operation.Refresh refresh) {
                questions.add(refresh.question());
            }
        }
        if (questions.isEmpty()) {
            delivery.deliver(coalesced);
            return;
        }
        Inquiry inquiry = new Inquiry(asker, questions, visible);
        List<Operation> ready = new ArrayList<>();
        for (Operation operation : coalesced) {
            if (operation instanceof Operation.Refresh refresh) {
                ready.add(answered(refresh, inquiry));
                if (inquiry.isBetweenAnswers()) {
                    delivery.deliver(ready);
                    ready.clear();
                }
            } else {
                ready.add(operation);
            }
        }
        delivery.deliver(ready);
    }

    /** Where it cannot be told what the entry holds, it goes rather than stay stale. */
    private Operation answered(Operation.Refresh refresh, Inquiry inquiry)
            throws StandDownException, InterruptedException {
        switch (inquiry.next()) {
            case Queries.Answer.Found(List<? extends Row> rows) -> {
                try {
                    return refresh.answered(rows);
                } catch (EvaluationException | NoSuchColumnException e) {
                    letters.add(letter(refresh, String.valueOf(e.getMessage())));
                }
            }
            case Queries.Answer.Refused(String reason) -> letters.add(letter(refresh, reason));
        }
        return refresh.removal();
    }

    private static DeadLetter letter(Operation.Refresh refresh, String reason) {
        return DeadLetters.of(refresh, refresh.key() + ": " + reason);
    }
}
