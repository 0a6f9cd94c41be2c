package dev.freshet.sidecar.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.plan.CacheTag;
import dev.freshet.plan.Destination;
import dev.freshet.plan.EdgeTarget;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Part;
import dev.freshet.plan.PartPattern;
import dev.freshet.plan.Question;
import dev.freshet.plan.Share;
import dev.freshet.rules.expression.FoundRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Operations in a line each, for people. */
final class Told {
    private static final int MOST_OF_A_VALUE = 200;

    private Told() {}

    static String of(Operation operation) {
        return switch (operation) {
            case Operation.Put put ->
                "put        " + put.key() + "  " + value(put.entry()) + "  " + lifetime(put.expiry())
                        + tags("  tags ", put.tagging().join())
                        + tags("  leaves ", put.tagging().leave()) + "  (" + put.rule() + ", owner " + put.owner()
                        + ")";
            case Operation.Refresh refresh ->
                "refresh    " + refresh.key() + "  by " + query(refresh.question()) + "  " + lifetime(refresh.expiry())
                        + tags("  tags ", refresh.tags()) + "  (" + refresh.rule() + ")";
            case Operation.PutFound put ->
                "put        " + put.key() + "  " + value(put.entry()) + "  " + lifetime(put.expiry())
                        + tags("  tags ", put.tags()) + "  (" + put.rule() + ", by its query)";
            case Operation.RemoveFound remove ->
                "remove     " + remove.key() + tags("  leaves ", remove.leave()) + "  (" + remove.rule()
                        + ", its query finds nothing)";
            case Operation.Remove remove ->
                "remove     " + remove.key() + tags("  leaves ", remove.leave()) + "  (" + remove.rule() + ", owner "
                        + remove.owner() + ")";
            case Operation.Invalidate invalidate ->
                "invalidate " + invalidate.key() + tags("  leaves ", invalidate.leave()) + "  (" + invalidate.rule()
                        + ")";
            case Operation.InvalidateTag tag -> "invalidate every entry tagged " + tag.tag() + "  (" + tag.rule() + ")";
            case Operation.Publish publish ->
                "publish    " + destination(publish.destination()) + "  "
                        + shortened(new String(publish.message().utf8(), UTF_8)) + "  (" + publish.rule() + ")";
            case Operation.Purge purge ->
                "purge      " + purge.edge() + "  " + target(purge.target()) + (purge.soft() ? "  softly" : "")
                        + purge.againAfter()
                                .map(after -> "  again after " + after.toMillis() + "ms")
                                .orElse("")
                        + purge.escalate().stream()
                                .map(level -> "  else "
                                        + level.stream().map(Told::target).collect(Collectors.joining(", ")))
                                .collect(Collectors.joining())
                        + "  (" + purge.rule() + ")";
            case Operation.InvalidatePrefix prefix ->
                "invalidate every entry that begins with " + prefix.prefix() + "  (" + prefix.rule() + ")";
            case Operation.InvalidateTags tags ->
                "invalidate every entry tagged " + tags.tags().glob() + "  (" + tags.rule() + ")";
            case Operation.PutPart put ->
                "put        " + put.key() + "  " + share(put.share()) + "  (" + put.rule() + ", owner " + put.owner()
                        + ")";
            case Operation.RemovePart remove ->
                "remove     " + remove.key() + "  " + part(remove.part()) + "  (" + remove.rule() + ", owner "
                        + remove.owner() + ")";
            case Operation.DropPart drop ->
                "remove     " + drop.key() + "  " + part(drop.part()) + "  (" + drop.rule() + ")";
            case Operation.Sweep sweep ->
                "sweep      " + sweep.pattern().glob() + "  (" + sweep.rule() + ", table " + sweep.table() + ")";
            case Operation.SweepParts sweep ->
                "sweep      " + sweep.pattern().glob() + "  " + parts(sweep.parts()) + "  (" + sweep.rule() + ", table "
                        + sweep.table() + ")";
            case Operation.SweepTagged sweep ->
                "sweep      " + sweep.pattern().glob() + "  tagged "
                        + sweep.tags().glob() + "  (" + sweep.rule() + ", table " + sweep.table() + ")";
        };
    }

    /** Its text with the values in place of the parameters. */
    static String query(Question question) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < question.values().size(); i++) {
            String text = FoundRows.text(question.values().get(i));
            values.put(
                    question.query().parameters().get(i).source(),
                    text == null ? "null" : question.values().get(i) instanceof Number ? text : "'" + text + "'");
        }
        return shortened(question.query().text(parameter -> values.getOrDefault(parameter.source(), "?")));
    }

    private static String destination(Destination destination) {
        return switch (destination) {
            case Destination.Stream stream -> "stream " + stream.key();
            case Destination.Channel channel -> "channel " + channel.name();
            case Destination.Topic topic -> "topic " + topic.name();
        };
    }

    private static String target(EdgeTarget target) {
        return switch (target) {
            case EdgeTarget.Tagged tagged -> "tag " + tagged.tag();
            case EdgeTarget.Url url -> url.url();
            case EdgeTarget.UrlPrefix prefix -> prefix.prefix() + "*";
            case EdgeTarget.Host host -> "host " + host.host();
            case EdgeTarget.Everything everything -> "everything";
        };
    }

    private static String tags(String before, Set<CacheTag> tags) {
        return tags.isEmpty() ? "" : before + tags.stream().map(CacheTag::text).collect(Collectors.joining(" "));
    }

    private static String part(Part part) {
        return switch (part) {
            case Part.Fields fields -> "fields " + fields;
            case Part.Field field -> "field " + field;
            case Part.SetMember member -> "member " + member;
            case Part.SortedSetMember member -> "member " + member;
        };
    }

    private static String share(Share share) {
        return switch (share) {
            case Share.Fields fields -> "fields " + shortened(fields.values().toString()) + without(fields);
            case Share.Field field -> "field " + field.part() + " = " + shortened(field.value());
            case Share.SetMember member -> "member " + member.part();
            case Share.SortedSetMember member -> "member " + member.part() + "  score " + number(member.score());
        };
    }

    private static String without(Share.Fields fields) {
        List<String> gone = fields.part().names().stream()
                .filter(name -> !fields.values().containsKey(name))
                .toList();
        return gone.isEmpty() ? "" : "  without " + String.join(",", gone);
    }

    private static String parts(PartPattern parts) {
        return switch (parts) {
            case PartPattern.Fields fields -> "fields " + String.join(",", fields.names());
            case PartPattern.Field field -> "field " + field.names().glob();
            case PartPattern.SetMember set -> "member " + set.members().glob();
            case PartPattern.SortedSetMember sorted ->
                "member " + sorted.members().glob();
        };
    }

    private static String number(double score) {
        return score == Math.rint(score) && Math.abs(score) < 1e15
                ? Long.toString((long) score)
                : Double.toString(score);
    }

    private static String value(Entry entry) {
        String text = switch (entry) {
            case Entry.Text plain -> plain.value();
            case Entry.Json json -> new String(json.value().utf8(), UTF_8);
            case Entry.Hash hash -> hash.fields().toString();
            case Entry.Members members -> members.texts().toString();
            case Entry.Scored scored -> scored.scores().toString();
        };
        return shortened(text);
    }

    private static String shortened(String text) {
        return text.length() <= MOST_OF_A_VALUE
                ? text
                : text.substring(0, MOST_OF_A_VALUE) + "... (" + text.length() + " characters)";
    }

    private static String lifetime(Expiry expiry) {
        return switch (expiry) {
            case Expiry.Never never -> "no ttl";
            case Expiry.After after -> "ttl " + after.duration().toSeconds() + "s";
            case Expiry.At at -> "until " + at.moment();
        };
    }
}
