package dev.freshet.sidecar.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.assembly.Target;
import dev.freshet.plan.CacheKey;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.valkey.EntryInspector;
import dev.freshet.write.valkey.Fence;
import dev.freshet.write.valkey.Inspection;
import dev.freshet.write.valkey.ValkeyConnection;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet get KEY}: one entry and what fences it. */
@Command(
        name = "get",
        description = "Shows one cache entry: value, remaining life, version, owner row.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "Of a set it shows " + EntryInspector.SOME
                    + " members at most, of a sorted set those of the lowest scores, of a stream the newest",
            "messages; count is that of all.",
            "",
            "Exit codes: 0 the entry is there, 1 the cache does not answer, 2 wrong usage or an invalid file, 3 there is no such entry."
        })
public final class GetCommand implements Callable<Integer> {
    private static final int ABSENT = 3;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "KEY", description = "The key as rules make it, without the cache's prefix.")
    private String key = "";

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (key.isEmpty()) {
            throw CommandFailedException.invalid(java.util.List.of("a key is not empty"));
        }
        Inspection inspection = inspect();
        ObjectNode told = tell(inspection);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(told);
        } else {
            told.properties()
                    .forEach(each -> out.printf(
                            "%-14s%s%n",
                            each.getKey(),
                            each.getValue().isTextual() ? each.getValue().textValue() : each.getValue()));
        }
        out.flush();
        return inspection.cached() instanceof Inspection.Cached.Absent ? ABSENT : 0;
    }

    private Inspection inspect() {
        try (ValkeyConnection cache =
                new ValkeyConnection(Target.of(config.load(Catalog.NONE).settings()))) {
            return new EntryInspector(cache).inspect(new CacheKey(key));
        } catch (TargetAwayException e) {
            throw CommandFailedException.failed("the cache does not answer: " + e.getMessage());
        }
    }

    private static ObjectNode tell(Inspection inspection) {
        ObjectNode told = new ObjectMapper().createObjectNode();
        told.put("key", inspection.name());
        switch (inspection.cached()) {
            case Inspection.Cached.Absent absent -> told.put("type", "absent");
            case Inspection.Cached.Text text -> {
                told.put("type", "string");
                told.put("value", text.value());
            }
            case Inspection.Cached.Hash hash -> {
                told.put("type", "hash");
                ObjectNode fields = told.putObject("value");
                hash.fields().forEach(fields::put);
            }
            case Inspection.Cached.Members members -> {
                told.put("type", "set").put("count", members.count());
                members.some().forEach(told.putArray("value")::add);
            }
            case Inspection.Cached.Scored scored -> {
                told.put("type", "sorted_set").put("count", scored.count());
                ObjectNode scores = told.putObject("value");
                scored.lowest().forEach((member, score) -> score(scores, member, score));
            }
            case Inspection.Cached.Messages messages -> {
                told.put("type", "stream").put("count", messages.count());
                ArrayNode newest = told.putArray("value");
                for (Inspection.Message message : messages.newest()) {
                    ObjectNode one = newest.addObject().put("id", message.id());
                    message.fields().forEach(one.putObject("fields")::put);
                }
            }
            case Inspection.Cached.Other other -> told.put("type", other.type());
        }
        inspection.expiresIn().ifPresent(left -> told.put("expires_in_ms", left.toMillis()));
        inspection.guard().ifPresent(guard -> tell(told.putObject("fence"), guard));
        return told;
    }

    /** JSON has no infinities. */
    private static void score(ObjectNode to, String member, String score) {
        if (score.endsWith("inf")) {
            to.put(member, score);
        } else {
            to.put(member, new BigDecimal(score));
        }
    }

    private static void tell(ObjectNode told, Inspection.Guard guard) {
        Fence fence = guard.fence();
        told.put("version", fence.version().toString());
        told.put("leader_epoch", Long.toUnsignedString(fence.leaderEpoch()));
        told.put("state", fence.state().name().toLowerCase(java.util.Locale.ROOT));
        fence.owner().ifPresent(owner -> told.put("owner", owner.toString()));
        told.put("expires_in_ms", guard.expiresIn().toMillis());
    }
}
