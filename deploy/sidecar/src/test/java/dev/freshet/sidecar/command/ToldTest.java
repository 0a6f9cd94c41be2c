package dev.freshet.sidecar.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.CacheTag;
import dev.freshet.plan.Destination;
import dev.freshet.plan.EdgeTag;
import dev.freshet.plan.EdgeTarget;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.KeyPrefix;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Part;
import dev.freshet.plan.PartPattern;
import dev.freshet.plan.Share;
import dev.freshet.plan.Tagging;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.rules.expression.Compiled;
import dev.freshet.rules.expression.KeyPattern;
import dev.freshet.rules.expression.Template;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ToldTest {
    private static final RuleName RULE = new RuleName("r");
    private static final TableId TABLE = new TableId("public", "product");
    private static final RowId ROW = new RowId(TABLE, "3");
    private static final Version VERSION = new Version(1, 2, 3, 4);
    private static final Instant AT = Instant.EPOCH;
    private static final CacheKey KEY = new CacheKey("k");

    static Stream<Arguments> operations() {
        Part.Fields fields = new Part.Fields(List.of("a", "b"));
        Part.SortedSetMember member = new Part.SortedSetMember("3");
        return Stream.of(
                Arguments.of(
                        new Operation.Put(
                                RULE,
                                VERSION,
                                AT,
                                KEY,
                                ROW,
                                new Entry.Text("v"),
                                new Expiry.At(AT),
                                new Tagging(Set.of(new CacheTag("x")), Set.of(new CacheTag("y")))),
                        "put        k  v  until 1970-01-01T00:00:00Z  tags x  leaves y  (r, owner public.product/3)"),
                Arguments.of(
                        new Operation.Remove(RULE, VERSION, AT, KEY, ROW, Set.of(new CacheTag("y"))),
                        "remove     k  leaves y  (r, owner public.product/3)"),
                Arguments.of(
                        new Operation.PutPart(RULE, VERSION, AT, KEY, ROW, new Share.Fields(fields, Map.of("a", "1"))),
                        "put        k  fields {a=1}  without b  (r, owner public.product/3)"),
                Arguments.of(
                        new Operation.PutPart(RULE, VERSION, AT, KEY, ROW, new Share.Field(new Part.Field("f"), "v")),
                        "put        k  field f = v  (r, owner public.product/3)"),
                Arguments.of(
                        new Operation.PutPart(RULE, VERSION, AT, KEY, ROW, new Share.SortedSetMember(member, 2)),
                        "put        k  member 3  score 2  (r, owner public.product/3)"),
                Arguments.of(
                        new Operation.RemovePart(RULE, VERSION, AT, KEY, new Part.SetMember("m"), ROW),
                        "remove     k  member m  (r, owner public.product/3)"),
                Arguments.of(new Operation.DropPart(RULE, VERSION, AT, KEY, fields), "remove     k  fields a,b  (r)"),
                Arguments.of(
                        new Operation.SweepParts(
                                RULE,
                                VERSION,
                                AT,
                                pattern("k:{id}"),
                                new PartPattern.SetMember(pattern("m:{id}")),
                                TABLE),
                        "sweep      k:*  member m:*  (r, table public.product)"),
                Arguments.of(
                        new Operation.SweepTagged(RULE, VERSION, AT, pattern("t-{id}"), pattern("{id}:k"), TABLE),
                        "sweep      *:k  tagged t-*  (r, table public.product)"),
                Arguments.of(
                        new Operation.InvalidateTag(RULE, VERSION, AT, new CacheTag("t")),
                        "invalidate every entry tagged t  (r)"),
                Arguments.of(
                        new Operation.InvalidatePrefix(RULE, VERSION, AT, new KeyPrefix("p:")),
                        "invalidate every entry that begins with p:  (r)"),
                Arguments.of(
                        new Operation.InvalidateTags(RULE, VERSION, AT, pattern("t-{id}")),
                        "invalidate every entry tagged t-*  (r)"),
                Arguments.of(
                        new Operation.Purge(
                                RULE,
                                VERSION,
                                AT,
                                new EdgeName("site"),
                                new EdgeTarget.Tagged(new EdgeTag("p-3")),
                                true,
                                Optional.of(Duration.ofSeconds(5)),
                                List.of(Set.of(new EdgeTarget.Host("h")), Set.of(new EdgeTarget.Everything()))),
                        "purge      site  tag p-3  softly  again after 5000ms  else host h  else everything  (r)"),
                Arguments.of(
                        new Operation.Publish(
                                RULE,
                                VERSION,
                                AT,
                                new Destination.Stream(KEY, OptionalInt.empty()),
                                () -> "{}".getBytes(StandardCharsets.UTF_8)),
                        "publish    stream k  {}  (r)"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("operations")
    void anOperationIsALine(Operation operation, String line) {
        assertThat(Told.of(operation)).isEqualTo(line);
    }

    private static KeyPattern pattern(String template) {
        return switch (Template.compile(template)) {
            case Compiled.Ready<Template>(Template ready) -> ready.pattern(Optional.empty());
            case Compiled.Refused<Template> refused -> throw new AssertionError(refused.problems());
        };
    }
}
