package dev.freshet.connector.kafka.record;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's {@code source.sequence}: {@code ["24023119","24023128"]}.
 *
 * @param commit LSN of the last commit that was delivered before; empty before the first one of a slot
 * @param own LSN of the change
 */
record PostgresSequence(OptionalLong commit, long own) {
    private static final String LSN = "\"?(-?\\d{1,19})\"?";
    private static final Pattern FORM = Pattern.compile("\\[\\s*(?:null|" + LSN + ")\\s*,\\s*" + LSN + "\\s*\\]");

    /** @param sent as text, or as the list that Connect's header converter makes of it */
    static PostgresSequence of(@Nullable Object sent) throws UnreadableRecordException {
        String text = sent instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"))
                : String.valueOf(sent);
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new UnreadableRecordException(
                    "its source.sequence is " + text + "; expected [\"<lsn of the commit before>\",\"<lsn>\"]");
        }
        String commit = form.group(1);
        return new PostgresSequence(
                commit == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(commit)),
                Long.parseLong(form.group(2)));
    }
}
