package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.deadletter.DeadLetter;
import dev.freshet.deadletter.DeadLetterStore;
import dev.freshet.rules.RuleName;
import dev.freshet.write.TargetAwayException;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.MapScanOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps dead letters in one hash, {@code <prefix>freshet:<pipeline>:deadletters}: a field a rule, row and version, its value
 * one JSON document.
 */
public final class ValkeyDeadLetters implements DeadLetterStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LETTERS_A_COMMAND = 256;

    private final ValkeyConnection connection;
    private final byte[] key;

    /** The fields of the JSON document; the version's bytes in hexadecimal digits. */
    record Stored(
            String rule, String schema, String table, String row, String version, String committedAt, String reason) {}

    /**
     * A store on a connection that outlives it.
     *
     * @param pipeline whose letters they are
     */
    public ValkeyDeadLetters(ValkeyConnection connection, String pipeline) {
        this.connection = connection;
        this.key = connection.target().ownKey(pipeline, OwnKey.DEAD_LETTERS);
    }

    @Override
    public void add(List<DeadLetter> letters) throws TargetAwayException {
        for (List<DeadLetter> some : slices(letters)) {
            CommandArgs<byte[], byte[]> args = Link.args().add(key);
            some.forEach(letter -> args.add(field(letter)).add(write(letter)));
            connection.ask(Link.command(CommandType.HSET, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args));
        }
    }

    /**
     * All letters, by version.
     *
     * @throws TargetAwayException where the server does not answer, or answers with an error
     */
    public List<DeadLetter> list() throws TargetAwayException {
        Set<DeadLetter> letters = new LinkedHashSet<>();
        String cursor = "0";
        do {
            MapScanCursor<byte[], byte[]> page = connection.ask(Link.command(
                    CommandType.HSCAN,
                    new MapScanOutput<>(ByteArrayCodec.INSTANCE),
                    Link.args().add(key).add(cursor).add("COUNT").add(LETTERS_A_COMMAND)));
            for (byte[] json : page.getMap().values()) {
                letters.add(read(json));
            }
            cursor = page.getCursor();
        } while (!cursor.equals("0"));
        return letters.stream()
                .sorted(Comparator.comparing(DeadLetter::version))
                .toList();
    }

    /**
     * Forgets letters; those that are not there do not matter.
     *
     * @throws TargetAwayException where the server did not say that it did
     */
    public void discard(List<DeadLetter> letters) throws TargetAwayException {
        for (List<DeadLetter> some : slices(letters)) {
            CommandArgs<byte[], byte[]> args = Link.args().add(key);
            some.forEach(letter -> args.add(field(letter)));
            connection.ask(Link.command(CommandType.HDEL, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args));
        }
    }

    private static List<List<DeadLetter>> slices(List<DeadLetter> letters) {
        List<List<DeadLetter>> slices = new ArrayList<>();
        for (int from = 0; from < letters.size(); from += LETTERS_A_COMMAND) {
            slices.add(letters.subList(from, Math.min(from + LETTERS_A_COMMAND, letters.size())));
        }
        return slices;
    }

    private static byte[] field(DeadLetter letter) {
        return String.join(
                        "|",
                        letter.rule().text(),
                        letter.table().toString(),
                        letter.row(),
                        letter.version().toString())
                .getBytes(UTF_8);
    }

    private static byte[] write(DeadLetter letter) {
        try {
            return JSON.writeValueAsBytes(new Stored(
                    letter.rule().text(),
                    letter.table().schema(),
                    letter.table().name(),
                    letter.row(),
                    HexFormat.of().formatHex(letter.version().toBytes()),
                    letter.committedAt().toString(),
                    letter.reason()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    private DeadLetter read(byte[] json) throws TargetAwayException {
        try {
            Stored stored = JSON.readValue(json, Stored.class);
            return new DeadLetter(
                    new RuleName(stored.rule()),
                    new TableId(stored.schema(), stored.table()),
                    stored.row(),
                    Version.fromBytes(HexFormat.of().parseHex(stored.version())),
                    Instant.parse(stored.committedAt()),
                    stored.reason());
        } catch (IOException e) {
            throw new TargetAwayException("a field of " + new String(key, UTF_8) + " is no dead letter", e);
        }
    }
}
