package dev.freshet.connector.kafka.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.message.Answer;
import dev.freshet.message.Courier;
import dev.freshet.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to topics by an idempotent producer: within one client's life each record is appended once and in its order, whatever
 * is sent again beneath. What is not acknowledged in time is given up there, and its sequence with it, so that it cannot be appended
 * behind what is sent next. A client that failed for good is replaced once nothing of it is under way.
 */
public final class KafkaCourier implements Courier {
    /** Short beside the patience with a pipeline that does not go on: whoever waits says so, and comes again. */
    private static final int MILLIS_TO_ANSWER = 5_000;

    private static final int MILLIS_TO_DELIVER = 15_000;
    private static final int RECORDS_AT_ONCE = 2_000;
    private static final int BYTES_AT_ONCE = 8 << 20;
    private static final Duration TO_CLOSE = Duration.ofSeconds(2);

    private final Map<String, Object> properties;
    private final Runnable answered;
    private @Nullable KafkaProducer<byte[], byte[]> current;
    private boolean isClosed;

    /**
     * Connects to nothing yet.
     *
     * @param client properties of Kafka's clients, such as {@code bootstrap.servers}
     * @param answered is run when the broker has answered somebody who waited, on that thread
     */
    public KafkaCourier(Map<String, String> client, Runnable answered) {
        this.properties = properties(client);
        this.answered = answered;
    }

    private static Map<String, Object> properties(Map<String, String> client) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Integer.toString(MILLIS_TO_ANSWER));
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(MILLIS_TO_ANSWER));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(MILLIS_TO_DELIVER));
        return properties;
    }

    @Override
    public List<Answer> send(List<Message> messages) throws InterruptedException {
        List<Answer> answers = new ArrayList<>(messages.size());
        Optional<Answer> away = Optional.empty();
        while (answers.size() < messages.size() && away.isEmpty()) {
            away = sendSome(messages.subList(answers.size(), messages.size()), answers);
        }
        if (away.isPresent()) {
            answers.addAll(Collections.nCopies(messages.size() - answers.size(), away.get()));
        }
        return answers;
    }

    /**
     * Adds the answers to as many messages as go at once.
     *
     * @return why the rest should not be sent
     */
    private Optional<Answer> sendSome(List<Message> messages, List<Answer> answers) throws InterruptedException {
        List<Future<RecordMetadata>> underWay = new ArrayList<>();
        int bytes = 0;
        boolean stuck = false;
        for (int i = 0; i < messages.size() && !stuck && i < RECORDS_AT_ONCE && bytes < BYTES_AT_ONCE; i++) {
            ProducerRecord<byte[], byte[]> next = record(messages.get(i));
            bytes += next.value().length;
            Future<RecordMetadata> sent = send(next);
            underWay.add(sent);
            // It waited for the broker already, and so would every other.
            stuck = sent.state() == Future.State.FAILED && Verdict.of(sent.exceptionNow()) != Verdict.REFUSED;
        }
        Optional<Answer> away = Optional.empty();
        boolean isOfNoUse = false;
        for (Future<RecordMetadata> sent : underWay) {
            Optional<Throwable> error = error(sent);
            Verdict verdict = error.map(Verdict::of).orElse(Verdict.WAIT);
            Answer answer = error.map(verdict::answer).orElseGet(Answer.Taken::new);
            answers.add(answer);
            if (answer instanceof Answer.PutOff && away.isEmpty()) {
                away = Optional.of(answer);
            }
            isOfNoUse |= error.isPresent() && verdict == Verdict.BEGIN_ANEW;
        }
        if (isOfNoUse) {
            drop();
        }
        return away;
    }

    private Optional<Throwable> error(Future<RecordMetadata> sent) throws InterruptedException {
        try {
            sent.get();
            answered.run();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.ofNullable(e.getCause());
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Message message) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                message.to().place(),
                message.to().key().getBytes(UTF_8),
                message.body().utf8());
        message.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    private Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            return producer().send(record);
        } catch (InterruptException e) {
            // It has set the flag, in whose place this one is thrown.
            if (Thread.interrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            throw e;
        } catch (KafkaException | IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (isClosed) {
            throw new IllegalStateException("the courier is closed");
        }
        if (current == null) {
            current = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return current;
    }

    private synchronized void drop() {
        if (current != null) {
            current.close(Duration.ZERO);
            current = null;
        }
    }

    /** What is under way is given up. */
    @Override
    public synchronized void close() {
        isClosed = true;
        if (current != null) {
            current.close(TO_CLOSE);
            current = null;
        }
    }
}
