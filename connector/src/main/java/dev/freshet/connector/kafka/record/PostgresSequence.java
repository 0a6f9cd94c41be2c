package dev.freshet.connector.kafka.record;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's {@code source.sequence}: {@code ["24023119","24023128"]}.
 *
 * @param commit LSN of the last commit that was delivered before; empty before the first one of a slot
 * @param own LSN of the change
 */
record PostgresSequence(OptionalLong commit, long own) {
    /** @param sent as text, or as the list that Connect's header converter makes of it */
    static PostgresSequence of(@Nullable Object sent) throws UnreadableRecordException {
        String text = sent instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"))
                : String.valueOf(sent);
        int comma = text.indexOf(',');
        if (comma < 0 || !text.startsWith("[") || !text.endsWith("]")) {
            throw isNone(text);
        }
        String commit = text.substring(1, comma).strip();
        String own = text.substring(comma + 1, text.length() - 1).strip();
        try {
            return new PostgresSequence(
                    commit.equals("null") ? OptionalLong.empty() : OptionalLong.of(lsn(commit)), lsn(own));
        } catch (NumberFormatException e) {
            throw isNone(text);
        }
    }

    private static long lsn(String text) {
        boolean isQuoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
        return Long.parseLong(isQuoted ? text.substring(1, text.length() - 1) : text);
    }

    private static UnreadableRecordException isNone(String text) {
        return new UnreadableRecordException(
                "its source.sequence is " + text + "; expected [\"<lsn of the commit before>\",\"<lsn>\"]");
    }
}
