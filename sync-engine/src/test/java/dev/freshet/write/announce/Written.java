package dev.freshet.write.announce;

import dev.freshet.message.Answer;
import dev.freshet.message.Courier;
import dev.freshet.message.Message;
import dev.freshet.plan.Operation;
import dev.freshet.write.Sweeping;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import dev.freshet.write.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A writer and a courier that note what they get, and answer as they are told to. */
final class Written implements Writer, Courier {
    static final WriteResult APPLIED = new WriteResult.Applied();
    static final WriteResult SUPERSEDED = new WriteResult.Superseded();
    static final WriteResult LATE = new WriteResult.Late();
    static final WriteResult LATER = new WriteResult.RetryAfter(Duration.ofSeconds(1), "away");
    static final Answer TAKEN = new Answer.Taken();
    static final Answer PUT_OFF = new Answer.PutOff(Duration.ofSeconds(2), "no broker");
    static final WriteResult AGAIN = new WriteResult.RetryAfter(Duration.ofSeconds(2), "no broker");

    final List<Operation> written = new ArrayList<>();
    final List<Message> sent = new ArrayList<>();
    final Deque<Sweeping.Step> pages = new ArrayDeque<>();
    private @Nullable List<WriteResult> results;
    private final Deque<List<Answer>> answers = new ArrayDeque<>();
    private Instant ledAt = Instant.ofEpochSecond(1);

    Written results(WriteResult... of) {
        results = List.of(of);
        return this;
    }

    /** The answers to the next messages; behind them all is taken. */
    Written answers(Answer... of) {
        answers.add(List.of(of));
        return this;
    }

    Written anotherLeads() {
        ledAt = Instant.EPOCH;
        return this;
    }

    Terms terms() {
        return new Terms(() -> ledAt, Terms.Fences.FOR_A_WINDOW);
    }

    @Override
    public List<WriteResult> write(List<Operation> operations, Terms terms) {
        written.addAll(operations);
        return results == null ? Collections.nCopies(operations.size(), APPLIED) : results;
    }

    @Override
    public List<Answer> send(List<Message> messages) {
        sent.addAll(messages);
        return answers.isEmpty() ? Collections.nCopies(messages.size(), TAKEN) : answers.remove();
    }

    @Override
    public Sweeping sweeping(List<Operation.Scan> sweeps) {
        return terms -> pages.remove();
    }

    /** What was sent, in few words. */
    List<String> told() {
        return IntStream.range(0, sent.size())
                .mapToObj(i -> sent.get(i).to().place() + "/" + sent.get(i).to().key())
                .toList();
    }

    @Override
    public void close() {}
}
