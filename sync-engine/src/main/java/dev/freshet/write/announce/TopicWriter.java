package dev.freshet.write.announce;

import dev.freshet.message.Address;
import dev.freshet.message.Courier;
import dev.freshet.message.Message;
import dev.freshet.plan.Destination;
import dev.freshet.plan.Operation;
import dev.freshet.write.Sweeping;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import dev.freshet.write.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Takes what rules publish to topics to a broker, and leaves the rest to another writer. Messages leave when all that came with them is
 * written, so whoever hears of a change finds it in the cache. A topic has no fence: what comes again is told again, and says of which
 * version it is.
 */
public final class TopicWriter implements Writer {
    private static final String HEADER = "freshet.";

    private final Writer writer;
    private final Courier broker;

    /** A writer around another, which it closes; the broker's courier outlives it. */
    public TopicWriter(Writer writer, Courier broker) {
        this.writer = writer;
        this.broker = broker;
    }

    @Override
    public List<WriteResult> write(List<Operation> operations, Terms terms) throws InterruptedException {
        SequencedMap<Integer, Message> messages = messages(operations);
        if (messages.isEmpty()) {
            return writer.write(operations, terms);
        }
        List<Operation> rest = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            if (!messages.containsKey(i)) {
                rest.add(operations.get(i));
            }
        }
        List<WriteResult> written = rest.isEmpty() ? List.of() : writer.write(rest, terms);
        Map<Integer, WriteResult> sent = sent(messages, written, terms);
        List<WriteResult> results = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < operations.size(); i++) {
            WriteResult ofMessage = sent.get(i);
            results.add(ofMessage == null ? written.get(next++) : ofMessage);
        }
        return results;
    }

    private Map<Integer, WriteResult> sent(
            SequencedMap<Integer, Message> messages, List<WriteResult> written, Terms terms)
            throws InterruptedException {
        Optional<WriteResult> undone = written.stream()
                .filter(TopicWriter::isPutOff)
                .findFirst()
                .or(() -> terms.areOver() ? Optional.of(new WriteResult.Late()) : Optional.empty());
        if (undone.isEmpty()) {
            return Sending.of(messages, broker);
        }
        Map<Integer, WriteResult> none = new HashMap<>();
        messages.keySet().forEach(index -> none.put(index, undone.get()));
        return none;
    }

    private static boolean isPutOff(WriteResult result) {
        return switch (result) {
            case WriteResult.RetryAfter later -> true;
            case WriteResult.Late late -> true;
            case WriteResult.Applied applied -> false;
            case WriteResult.Superseded superseded -> false;
            case WriteResult.Rejected rejected -> false;
        };
    }

    /** By index; several that one change says to one address are numbered, the same again whenever they come again. */
    static SequencedMap<Integer, Message> messages(List<Operation> operations) {
        SequencedMap<Integer, Message> messages = new LinkedHashMap<>();
        Map<Said, Integer> numbers = new HashMap<>();
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i) instanceof Operation.Publish publish
                    && publish.destination() instanceof Destination.Topic topic) {
                Address to = new Address(topic.name(), topic.key());
                int number = numbers.merge(new Said(to, Moment.of(publish)), 1, Integer::sum) - 1;
                messages.put(i, new Message(to, publish.message(), headers(publish, number)));
            }
        }
        return messages;
    }

    private record Said(Address to, Moment moment) {}

    private static Map<String, String> headers(Operation.Publish publish, int number) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HEADER + "rule", publish.rule().text());
        Moment.of(publish).fields().forEach((name, value) -> headers.put(HEADER + name, value));
        headers.put(HEADER + "number", Integer.toString(number));
        return headers;
    }

    @Override
    public Sweeping sweeping(List<Operation.Scan> sweeps) {
        return writer.sweeping(sweeps);
    }

    @Override
    public void close() {
        writer.close();
    }
}
