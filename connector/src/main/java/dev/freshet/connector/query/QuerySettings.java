package dev.freshet.connector.query;

import dev.freshet.connector.debezium.PostgresAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How rules' queries are asked.
 *
 * @param primary whose log is followed
 * @param replica a hot standby of it that answers in its place
 * @param timeout of one statement; one that takes longer is the fault of its values, if it does so for them alone
 * @param bytes of answers that are held at a time, unless one answer has more
 */
public record QuerySettings(PostgresAddress primary, Optional<PostgresAddress> replica, Duration timeout, long bytes) {
    PostgresAddress asked() {
        return replica.orElse(primary);
    }
}
