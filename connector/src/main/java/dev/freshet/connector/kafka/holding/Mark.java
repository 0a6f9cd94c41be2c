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
 * its newest snapshot reaches. As text {@code <term> <version> <ms since 1970> <lsn> <offset>}, {@code -} for what there is not, and
 * {@code begun} behind it where that is so.
 *
 * @param term by name
 * @param isBegun nothing is done of it in this term but that it is known where it begins: what edges hold is not made up for either
 */
record Mark(String term, Optional<Newest> newest, Optional<Floor> floor, boolean isBegun) {
    private static final Duration SURELY_LATER = Duration.ofSeconds(10);
    private static final String NONE = "-";
    private static final String BEGUN = "begun";

    /** @param committedAt by the database's clock */
    record Newest(Version version, Instant committedAt) {}

    static Mark begun(String term) {
        return new Mark(term, Optional.empty(), Optional.empty(), true);
    }

    /** Reads {@link #text} back; empty where somebody else wrote it. */
    static Optional<Mark> read(String text) {
        String[] parts = text.split(" ");
        boolean isBegun = parts.length == 6 && parts[5].equals(BEGUN);
        if (parts.length != 5 && !isBegun) {
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
            return Optional.of(new Mark(parts[0], newest, floor, isBegun));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String text() {
        String text = String.join(
                " ",
                term,
                newest.map(it -> HexFormat.of().formatHex(it.version().toBytes()))
                        .orElse(NONE),
                newest.map(it -> Long.toString(it.committedAt().toEpochMilli())).orElse(NONE),
                floor.map(it -> Long.toUnsignedString(it.lsn())).orElse(NONE),
                floor.map(it -> Long.toString(it.offset())).orElse(NONE));
        return isBegun ? text + " " + BEGUN : text;
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
                ? new Mark(term, Optional.of(new Newest(change.version(), change.committedAt())), floor, isBegun)
                : this;
    }

    Mark with(Optional<Floor> reached) {
        return new Mark(term, newest, reached, isBegun);
    }

    /** Something is done of it. */
    Mark done() {
        return isBegun ? new Mark(term, newest, floor, false) : this;
    }
}
