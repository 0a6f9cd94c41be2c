package dev.freshet.write.edge.http;

import dev.freshet.rules.edge.Edge;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether names can stand in a request's first line and in its headers. What cannot would fail for ever, or purge something else. */
public final class SentNames {
    /** Blanks and commas stand between two of them. */
    private static final Pattern TAG = Pattern.compile("[\\x21-\\x7e&&[^,]]+");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]+");
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

    private SentNames() {}

    /** Why a call can never be made; empty where it can. */
    public static Optional<PurgeReply> refusal(PurgeCall call) {
        return call.names().stream().allMatch(name -> canBeSent(call.kind(), name))
                ? Optional.empty()
                : Optional.of(new PurgeReply.Refused(
                        "no request can name this " + call.kind().word() + ": it has to be encoded"));
    }

    private static boolean canBeSent(Edge.Kind kind, String name) {
        return switch (kind) {
            case TAG -> TAG.matcher(name).matches();
            case HOST -> HOST.matcher(name).matches();
            case URL -> VISIBLE.matcher(name).matches() && isAddress(PurgedUrl.of(name));
            case PREFIX -> VISIBLE.matcher(name).matches() && (name.startsWith("/") || isAddress(PurgedUrl.of(name)));
            case ALL -> true;
        };
    }

    private static boolean isAddress(PurgedUrl url) {
        try {
            return new URI("http://" + url.withoutScheme()).getHost() != null;
        } catch (URISyntaxException broken) {
            return false;
        }
    }
}
