package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.change.Version;
import dev.freshet.plan.Destination;
import dev.freshet.plan.Operation;
import dev.freshet.write.WriteResult;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The messages of one list of operations, sent behind all that it writes. One call is answered before the next is sent, and
 * behind what is put off everything is: no message overtakes another on its way to one place.
 */
final class Messages {
    private final ValkeyTarget target;
    private final Link link;
    private final String pipeline;
    private final Outcomes outcomes;
    private final Map<Group, Map<Integer, Operation.Publish>> groups = new LinkedHashMap<>();
    private Optional<WriteResult> putOff = Optional.empty();

    /** What goes together; {@code place} says nothing of how much a stream keeps. */
    private record Group(Version version, Destination place) {}

    Messages(ValkeyTarget target, Link link, String pipeline, Outcomes outcomes) {
        this.target = target;
        this.link = link;
        this.pipeline = pipeline;
        this.outcomes = outcomes;
    }

    /** Adds one; {@code index} is the operation's. */
    void add(int index, Operation.Publish message) {
        Destination place = switch (message.destination()) {
            case Destination.Stream stream -> new Destination.Stream(stream.key(), OptionalInt.empty());
            case Destination.Channel channel -> channel;
            case Destination.Topic topic -> throw new IllegalArgumentException("no server of this kind has topics");
        };
        groups.computeIfAbsent(new Group(message.version(), place), absent -> new LinkedHashMap<>())
                .put(index, message);
    }

    /** Settles every message. */
    void putOff(WriteResult why) {
        groups.values().forEach(messages -> messages.keySet().forEach(index -> outcomes.settle(index, why)));
    }

    /** Sends all and waits until every message is settled. */
    void send(Departures departures) throws InterruptedException {
        List<Dispatch> call = new ArrayList<>();
        int bytes = 0;
        for (Map.Entry<Group, Map<Integer, Operation.Publish>> group : groups.entrySet()) {
            Dispatch dispatch = dispatch(group.getKey(), group.getValue());
            int most = target.limits().bytesPerEntry();
            if (dispatch.bytes() > most) {
                dispatch.settle(
                        new WriteResult.Rejected("what the change says to " + name(group.getKey()) + " has "
                                + dispatch.bytes() + " bytes, more than " + most),
                        outcomes);
                continue;
            }
            call.add(dispatch);
            bytes += dispatch.bytes();
            if (call.size() >= target.limits().entriesPerCall()
                    || bytes >= target.limits().bytesPerCall()) {
                send(call, departures.now());
                call.clear();
                bytes = 0;
            }
        }
        if (!call.isEmpty()) {
            send(call, departures.now());
        }
    }

    private Dispatch dispatch(Group group, Map<Integer, Operation.Publish> messages) {
        Dispatch dispatch = switch (group.place()) {
            case Destination.Stream stream ->
                Dispatch.toStream(
                        target.key(stream.key().text()),
                        pipeline,
                        messages.values().iterator().next());
            case Destination.Channel channel -> Dispatch.toChannel(target.key(channel.name()));
            case Destination.Topic topic -> throw new IllegalStateException("a topic was added");
        };
        messages.forEach((index, message) -> dispatch.add(
                index,
                message.message().utf8(),
                message.destination() instanceof Destination.Stream stream ? stream.maxLength() : OptionalInt.empty()));
        return dispatch;
    }

    private static String name(Group group) {
        return switch (group.place()) {
            case Destination.Stream stream -> "the stream " + stream.key();
            case Destination.Channel channel -> "the channel " + channel.name();
            case Destination.Topic topic -> "the topic " + topic.name();
        };
    }

    private void send(List<Dispatch> call, Flight.Departure departure) throws InterruptedException {
        if (putOff.isPresent()) {
            call.forEach(dispatch -> dispatch.settle(putOff.get(), outcomes));
            return;
        }
        switch (ask(call, departure)) {
            case Reply.Value<List<byte[]>>(List<byte[]> reply) -> settle(call, reply);
            case Reply.Lost<List<byte[]>>(WriteResult.RetryAfter why) -> settle(call, why);
            case Reply.Refused<List<byte[]>>(String error) -> {
                link.refused(error);
                settle(call, ServerError.retry(error));
            }
        }
    }

    /** A server that does not know the script learns it and is asked again. */
    private Reply<List<byte[]>> ask(List<Dispatch> call, Flight.Departure departure) throws InterruptedException {
        Reply<List<byte[]>> first = link.ask(command(call, departure));
        if (!(first instanceof Reply.Refused<List<byte[]>>(String error))
                || ServerError.of(error) != ServerError.NOSCRIPT) {
            return first;
        }
        return switch (link.load(Script.PUBLISH)) {
            case Reply.Value<String> loaded -> link.ask(command(call, departure));
            case Reply.Refused<String>(String refusal) -> new Reply.Refused<>(refusal);
            case Reply.Lost<String>(WriteResult.RetryAfter why) -> new Reply.Lost<>(why);
        };
    }

    private static AsyncCommand<byte[], byte[], List<byte[]>> command(List<Dispatch> call, Flight.Departure departure) {
        CommandArgs<byte[], byte[]> args = Link.args()
                .add(Script.PUBLISH.sha1())
                .add(call.stream().mapToInt(dispatch -> dispatch.keys().size()).sum());
        call.forEach(dispatch -> dispatch.keys().forEach(args::add));
        args.add(departure.deadlineMillis()).add(call.size());
        call.forEach(dispatch -> dispatch.arguments().forEach(args::add));
        return Link.listCommand(CommandType.EVALSHA, args);
    }

    private void settle(List<Dispatch> call, List<byte[]> reply) {
        byte[] letters = reply.getFirst();
        if (letters.length != call.size()) {
            throw new IllegalStateException(letters.length + " results for " + call.size() + " dispatches");
        }
        int errors = 0;
        for (int i = 0; i < letters.length; i++) {
            WriteResult result = switch (letters[i]) {
                case 'A' -> Outcomes.APPLIED;
                case 'S' -> Outcomes.SUPERSEDED;
                case 'L' -> Outcomes.LATE;
                case 'E' -> link.refused(new String(reply.get(++errors), UTF_8));
                default -> throw new IllegalStateException("no such result: " + letters[i]);
            };
            settle(call.subList(i, i + 1), result);
        }
    }

    private void settle(List<Dispatch> dispatches, WriteResult result) {
        dispatches.forEach(dispatch -> dispatch.settle(result, outcomes));
        if (Outcomes.isPutOff(result) && putOff.isEmpty()) {
            putOff = Optional.of(result);
        }
    }
}
