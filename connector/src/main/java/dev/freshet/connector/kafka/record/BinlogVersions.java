package dev.freshet.connector.kafka.record;

import dev.freshet.change.Version;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a change of MySQL or MariaDB in the order of delivery: the binary log has transactions one behind the other,
 * so it is (number of the file, position of the event, row within the event). The delete and create of a key update share a
 * row, and the delete comes first. Rows of a snapshot come before the event at their position, and after all earlier ones.
 *
 * <p>The files of another server count differently: a failover needs another epoch. Under {@code
 * binlog_transaction_compression} the events of a transaction share a position, and their order is lost.
 */
final class BinlogVersions {
    private static final Pattern FILE = Pattern.compile(".*\\.(\\d{1,18})");

    private BinlogVersions() {}

    static Version of(int epoch, Envelope envelope) throws UnreadableRecordException {
        Named source = envelope.source();
        String name = String.valueOf(source.text("file"));
        Matcher file = FILE.matcher(name);
        if (!file.matches()) {
            throw new UnreadableRecordException(
                    "its source.file is '" + name + "'; expected a number at its end, as in mysql-bin.000123");
        }
        long position = number(source, "pos");
        long row = number(source, "row");
        return new Version(epoch, Long.parseLong(file.group(1)), position, ordinal(envelope.operation(), row));
    }

    private static int ordinal(Operation operation, long row) {
        return switch (operation) {
            case READ -> 0;
            case DELETE -> (int) (2 * row + 1);
            case CREATE, UPDATE, TRUNCATE, MESSAGE -> (int) (2 * row + 2);
        };
    }

    private static long number(Named source, String name) throws UnreadableRecordException {
        return source.number(name)
                .orElseThrow(() -> new UnreadableRecordException("its source." + name + " is no number"));
    }
}
