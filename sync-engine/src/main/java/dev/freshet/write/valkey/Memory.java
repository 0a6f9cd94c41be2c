package dev.freshet.write.valkey;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By what a server's memory is told from any other, and from what it was before it followed another server. */
final class Memory {
    private static final Pattern RUN = Pattern.compile("^run_id:(\\S+)", Pattern.MULTILINE);
    private static final Pattern HISTORY = Pattern.compile("^master_replid:(\\S+)", Pattern.MULTILINE);

    private Memory() {}

    /** As the server's INFO says. */
    static String of(String info) {
        Matcher run = RUN.matcher(info);
        Matcher history = HISTORY.matcher(info);
        return run.find() ? run.group(1) + (history.find() ? "/" + history.group(1) : "") : unknown();
    }

    /** Like no other. */
    static String unknown() {
        return UUID.randomUUID().toString();
    }
}
