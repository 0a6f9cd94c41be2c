package dev.freshet.write.valkey;

import dev.freshet.plan.CacheTag;
import dev.freshet.rules.OwnKeys;
import io.lettuce.core.RedisURI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One server and how to speak to it.
 *
 * @param uri {@code redis://} or {@code rediss://}, with user, password and database
 * @param prefix stands before every key, fences excepted; may be empty
 * @param fenceWindow how long a fence outlives the write it belongs to; longer than any replay or fill takes
 * @param limits what bounds the traffic
 */
public record ValkeyTarget(RedisURI uri, String prefix, Duration fenceWindow, ValkeyLimits limits) {
    private static final String OWN = OwnKeys.PREFIX;
    private static final String TAGS = OWN + "tag:";

    public ValkeyTarget {
        if (fenceWindow.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a fence lives for a second at least, not " + fenceWindow);
        }
    }

    /** With the limits that suit most. */
    public ValkeyTarget(RedisURI uri, String prefix, Duration fenceWindow) {
        this(uri, prefix, fenceWindow, ValkeyLimits.DEFAULT);
    }

    /** The server's name of a key that begins with the prefix. */
    byte[] key(String text) {
        return (prefix + text).getBytes(StandardCharsets.UTF_8);
    }

    /** The server's name of something that Freshet keeps for itself under a pipeline's name. */
    byte[] ownKey(String pipeline, OwnKey what) {
        return key(OWN + pipeline + ":" + what.text());
    }

    /** The server's name of the set of keys that stand under a tag. */
    byte[] tagIndex(CacheTag tag) {
        return key(TAGS + tag.text());
    }

    /** What the server's names of all tag indexes begin with. */
    byte[] tagIndexes() {
        return key(TAGS);
    }

    /** Whether a key is one of those that Freshet keeps for itself: no rule may write it. */
    static boolean isOwn(String text) {
        return OwnKeys.contain(text);
    }

    /** A process that was last known to lead this long ago writes no more. */
    public Duration patience() {
        return fenceWindow.dividedBy(2);
    }
}
