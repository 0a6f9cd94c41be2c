package dev.freshet.write.valkey;

import dev.freshet.write.WriteResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * How each kind of error that a server may answer is met. The kind is the error's leading word; an unknown one is waited
 * out, so that nothing is dropped because it was not understood.
 */
enum ServerError {
    /** Without memory and not allowed to evict. */
    OOM(Duration.ofSeconds(1)),
    /** A replica, perhaps since a failover: the name may lead to another server by now. */
    READONLY(Duration.ofMillis(500)),
    LOADING(Duration.ofMillis(500)),
    MASTERDOWN(Duration.ofMillis(500)),
    /** Cannot save to its disk. */
    MISCONF(Duration.ofSeconds(2)),
    /** Somebody's script runs too long. */
    BUSY(Duration.ofMillis(250)),
    NOREPLICAS(Duration.ofSeconds(1)),
    CLUSTERDOWN(Duration.ofSeconds(1)),
    TRYAGAIN(Duration.ofMillis(100)),
    /** Loaded again at once; this is for the case that it was lost twice. */
    NOSCRIPT(Duration.ofMillis(100)),
    /** A member of a cluster that does not hold the slot. */
    MOVED(Duration.ofSeconds(1)),
    ASK(Duration.ofSeconds(1)),
    /** A person must act; what was refused is not lost. */
    NOAUTH(Duration.ofSeconds(10)),
    WRONGPASS(Duration.ofSeconds(10)),
    NOPERM(Duration.ofSeconds(10)),
    /** What should be a fence or a stream is a key of somebody else. */
    WRONGTYPE(Duration.ZERO),
    UNKNOWN(Duration.ofSeconds(2));

    private static final int LONGEST_TEXT = 200;
    /** Redis 6.2 hands scripts the line as it stands in the protocol, behind the place where it came up. */
    private static final Pattern SCRIPT_LINE = Pattern.compile("^(@user_script: ?[0-9]+: )?-?");

    private final Duration delay;

    ServerError(Duration delay) {
        this.delay = delay;
    }

    /** The kind of an error's text, as a server sends it or as a script sees it. */
    static ServerError of(String text) {
        String bare = bare(text);
        int end = bare.indexOf(' ');
        String word = end < 0 ? bare : bare.substring(0, end);
        return Arrays.stream(values())
                .filter(kind -> kind.name().equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Whether a server that answers a login so does it until a person has changed something; not where it is merely full. */
    static boolean isShut(String text) {
        return switch (of(text)) {
            case NOAUTH, WRONGPASS, NOPERM -> true;
            case UNKNOWN -> bare(text).startsWith("ERR ") && !bare(text).contains("max number of clients");
            case OOM,
                    READONLY,
                    LOADING,
                    MASTERDOWN,
                    MISCONF,
                    BUSY,
                    NOREPLICAS,
                    CLUSTERDOWN,
                    TRYAGAIN,
                    NOSCRIPT,
                    MOVED,
                    ASK,
                    WRONGTYPE -> false;
        };
    }

    /** What an error's text means for the operation that met it. */
    static WriteResult result(String text) {
        ServerError kind = of(text);
        return kind == WRONGTYPE ? new WriteResult.Rejected(bare(text)) : kind.pause(text);
    }

    /** To wait for what an error's text says, whatever it says. */
    static WriteResult.RetryAfter retry(String text) {
        ServerError kind = of(text);
        return kind == WRONGTYPE ? UNKNOWN.pause(text) : kind.pause(text);
    }

    private WriteResult.RetryAfter pause(String text) {
        return new WriteResult.RetryAfter(delay, bare(text));
    }

    private static String bare(String text) {
        String bare = SCRIPT_LINE.matcher(text).replaceFirst("").strip();
        return bare.length() > LONGEST_TEXT ? bare.substring(0, LONGEST_TEXT) : bare;
    }
}
