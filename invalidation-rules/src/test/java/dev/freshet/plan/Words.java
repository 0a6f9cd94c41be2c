package dev.freshet.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Operations in few words, as tables of expectations have them. */
final class Words {
    private Words() {}

    static List<String> of(Plan plan) {
        return plan.operations().stream().map(Words::of).toList();
    }

    static String of(Operation operation) {
        return switch (operation) {
            case Operation.Put put ->
                "put " + put.key() + tags(" +", put.tagging().join())
                        + tags(" -", put.tagging().leave());
            case Operation.Refresh refresh ->
                "refresh " + refresh.key() + " by " + refresh.question().values() + tags(" +", refresh.tags());
            case Operation.PutFound put -> "put " + put.key() + " " + of(put.entry()) + tags(" +", put.tags());
            case Operation.RemoveFound remove -> "remove " + remove.key() + tags(" -", remove.leave());
            case Operation.Remove remove -> "remove " + remove.key() + tags(" -", remove.leave());
            case Operation.Invalidate invalidate -> "invalidate " + invalidate.key();
            case Operation.InvalidateTag tag -> "invalidate tag " + tag.tag();
            case Operation.InvalidatePrefix prefix -> "invalidate prefix " + prefix.prefix();
            case Operation.InvalidateTags tags ->
                "invalidate tags " + tags.tags().exact().pattern();
            case Operation.Publish publish ->
                "publish " + of(publish.destination()) + " "
                        + new String(publish.message().utf8(), UTF_8);
            case Operation.Purge purge ->
                "purge " + purge.edge() + " " + of(purge.target()) + (purge.soft() ? " softly" : "")
                        + purge.againAfter().map(after -> " again " + after).orElse("")
                        + purge.escalate().stream()
                                .map(level ->
                                        " else " + level.stream().map(Words::of).toList())
                                .collect(Collectors.joining());
            case Operation.PutPart put -> "put " + put.key() + " " + of(put.share());
            case Operation.RemovePart remove -> "remove " + remove.key() + " " + remove.part();
            case Operation.DropPart drop -> "drop " + drop.key() + " " + drop.part();
            case Operation.Sweep sweep -> "sweep " + sweep.pattern().exact().pattern();
            case Operation.SweepParts sweep ->
                "sweep " + sweep.pattern().exact().pattern() + " " + of(sweep.parts());
            case Operation.SweepTagged sweep ->
                "sweep " + sweep.pattern().exact().pattern() + " tagged "
                        + sweep.tags().exact().pattern();
        };
    }

    static String of(Entry entry) {
        return switch (entry) {
            case Entry.Text text -> text.value();
            case Entry.Json json -> new String(json.value().utf8(), UTF_8);
            case Entry.Hash hash -> hash.fields().toString();
            case Entry.Members members -> members.texts().toString();
            case Entry.Scored scored -> scored.scores().toString();
        };
    }

    private static String tags(String sign, Set<CacheTag> tags) {
        return tags.stream().map(tag -> sign + tag).sorted().collect(Collectors.joining());
    }

    private static String of(Destination destination) {
        return switch (destination) {
            case Destination.Stream stream ->
                "stream " + stream.key()
                        + (stream.maxLength().isPresent()
                                ? " of " + stream.maxLength().getAsInt()
                                : "");
            case Destination.Channel channel -> "channel " + channel.name();
            case Destination.Topic topic -> "topic " + topic.name() + " (" + topic.key() + ")";
        };
    }

    private static String of(EdgeTarget target) {
        return switch (target) {
            case EdgeTarget.Tagged tagged -> tagged.tag().text();
            case EdgeTarget.Url url -> url.url();
            case EdgeTarget.UrlPrefix prefix -> prefix.prefix() + "*";
            case EdgeTarget.Host host -> "host " + host.host();
            case EdgeTarget.Everything everything -> "everything";
        };
    }

    private static String of(Share share) {
        return switch (share) {
            case Share.Fields fields -> fields.part() + " = " + fields.values();
            case Share.Field field -> field.part() + " = " + field.value();
            case Share.SetMember member -> member.part().toString();
            case Share.SortedSetMember member -> member.part() + " = " + member.score();
        };
    }

    private static String of(PartPattern parts) {
        return switch (parts) {
            case PartPattern.Fields fields -> "fields " + fields.names();
            case PartPattern.Field field -> "field " + field.names().exact().pattern();
            case PartPattern.SetMember set -> "member " + set.members().exact().pattern();
            case PartPattern.SortedSetMember sorted ->
                "member " + sorted.members().exact().pattern();
        };
    }
}
