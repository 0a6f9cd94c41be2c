package dev.freshet.connector.kafka.holding;

import dev.freshet.change.Change;
import dev.freshet.change.Version;
import dev.freshet.connector.kafka.record.Floor;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What stands beside a position: in which term it was stored, the newest change that was read of its partition until then, and how far
 * its newest snapshot reaches. As text {@code <term> <version> <ms since 1970> <lsn> <offset>}, {@code -} for what there is not.
 *
 * @param term by name
 */
record Mark(String term, Optional<Newest> newest, Optional<Floor> floor) {
    private static final Duration SURELY_LATER = Duration.ofSeconds(10);
    private static final String NONE = "-";

    /** @param committedAt by the database's clock */
    record Newest(Version version, Instant committedAt) {}

    static Mark begun(String term) {
        return new Mark(term, Optional.empty(), Optional.empty());
    }

    /** Reads {@link #text} back; empty where somebody else wrote it. */
    static Optional<Mark> read(String text) {
        String[] parts = text.split(" ");
        if (parts.length != 5) {
            return Optional.empty();
        }
        try {
            Optional<Newest> newest = parts[1].equals(NONE)
                    ? Optional.empty()
                    : Optional.of(new Newest(
                            Version.fromBytes(HexFormat.of().parseHex(parts[1])),
                            Instant.ofEpochMilli(Long.parseLong(parts[2]))));
            Optional<Floor> floor = parts[3].equals(NONE)
                    ? Optional.empty()
                    : Optional.of(new Floor(Long.parseUnsignedLong(parts[3]), Long.parseLong(parts[4])));
            return Optional.of(new Mark(parts[0], newest, floor));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String text() {
        return String.join(
                " ",
                term,
                newest.map(it -> HexFormat.of().formatHex(it.version().toBytes()))
                        .orElse(NONE),
                newest.map(it -> Long.toString(it.committedAt().toEpochMilli())).orElse(NONE),
                floor.map(it -> Long.toUnsignedString(it.lsn())).orElse(NONE),
                floor.map(it -> Long.toString(it.offset())).orElse(NONE));
    }

    /**
     * Whether a change was committed well after the newest one, and has an older position: the database was restored, or another
     * one took its place. What is only delivered again was committed before.
     */
    boolean isWentBackBy(Change change) {
        return newest.filter(it -> change.isOfLog()
                        && change.version().compareTo(it.version()) < 0
                        && change.committedAt().isAfter(it.committedAt().plus(SURELY_LATER)))
                .isPresent();
    }

    Mark with(Change change) {
        boolean isNewer = newest.isEmpty() || newest.get().version().compareTo(change.version()) < 0;
        return isNewer && change.isOfLog()
                ? new Mark(term, Optional.of(new Newest(change.version(), change.committedAt())), floor)
                : this;
    }

    Mark with(Optional<Floor> reached) {
        return new Mark(term, newest, reached);
    }
}
