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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Tells of every write that another writer applied. What cannot be told now counts as not written: it is written again, which an
 * equal version may be, and told again. What was superseded is not told: whoever wrote what is there told of that.
 *
 * <p>If the process dies between a write and its message, the change comes again, and is written and told.
 */
public final class AnnouncingWriter implements Writer {
    private static final Duration UNTIL_A_PERSON_ACTS = Duration.ofSeconds(10);

    private final Writer writer;
    private final Courier courier;
    private final Announcements announcements;

    /** A writer around another, which it closes; the courier outlives it. */
    public AnnouncingWriter(Writer writer, Courier courier, Announcements announcements) {
        this.writer = writer;
        this.courier = courier;
        this.announcements = announcements;
    }

    @Override
    public List<WriteResult> write(List<Operation> operations, Terms terms) throws InterruptedException {
        List<WriteResult> results = new ArrayList<>(writer.write(operations, terms));
        SequencedMap<Integer, Message> messages = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) instanceof WriteResult.Applied) {
                int index = i;
                announcements.of(operations.get(i)).ifPresent(message -> messages.put(index, message));
            }
        }
        Sending.of(messages, courier).forEach(results::set);
        return results;
    }

    /** What sweeps remove is not told key by key: behind the last page others hear of the sweeps. */
    @Override
    public Sweeping sweeping(List<Operation.Scan> sweeps) {
        Sweeping sweeping = writer.sweeping(sweeps);
        List<Message> messages = sweeps.stream()
                .flatMap(sweep -> announcements.of(sweep).stream())
                .toList();
        return new Sweeping() {
            private boolean isSwept;

            @Override
            public Step next(Terms terms) throws InterruptedException {
                if (!isSwept) {
                    Step step = sweeping.next(terms);
                    if (!(step instanceof Step.Last)) {
                        return step;
                    }
                    isSwept = true;
                }
                return told(courier.send(messages));
            }
        };
    }

    /** There is no row to set aside for a sweep: one that is refused waits for a person as well. */
    private static Sweeping.Step told(List<Answer> answers) {
        for (Answer answer : answers) {
            switch (answer) {
                case Answer.Taken taken -> {}
                case Answer.PutOff later -> {
                    return new Sweeping.Step.PutOff(later.delay(), later.reason());
                }
                case Answer.Refused refused -> {
                    return new Sweeping.Step.PutOff(UNTIL_A_PERSON_ACTS, refused.reason());
                }
            }
        }
        return new Sweeping.Step.Last();
    }

    @Override
    public void close() {
        writer.close();
    }
}
