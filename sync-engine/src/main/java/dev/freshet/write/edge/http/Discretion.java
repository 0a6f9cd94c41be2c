package dev.freshet.write.edge.http;

import dev.freshet.write.edge.PurgeReply;
import java.util.List;

/** Takes secrets out of reasons: a server may repeat what it was sent. */
public final class Discretion {
    /** Anything shorter is no secret, and its removal would make a reason unreadable. */
    private static final int SHORTEST_SECRET = 5;

    private Discretion() {}

    /** The same with {@code ***} wherever its reason shows one of these. */
    public static PurgeReply about(List<String> secrets, PurgeReply reply) {
        return switch (reply) {
            case PurgeReply.Accepted accepted -> accepted;
            case PurgeReply.Limited(var after, String reason) ->
                new PurgeReply.Limited(after, without(secrets, reason));
            case PurgeReply.Failed(var after, String reason) -> new PurgeReply.Failed(after, without(secrets, reason));
            case PurgeReply.Shut(String reason) -> new PurgeReply.Shut(without(secrets, reason));
            case PurgeReply.TooLarge(String reason) -> new PurgeReply.TooLarge(without(secrets, reason));
            case PurgeReply.Refused(String reason) -> new PurgeReply.Refused(without(secrets, reason));
        };
    }

    private static String without(List<String> secrets, String reason) {
        String bare = reason;
        for (String secret : secrets) {
            bare = secret.length() < SHORTEST_SECRET ? bare : bare.replace(secret, "***");
        }
        return bare;
    }
}
