package dev.freshet.write.announce;

import static dev.freshet.write.announce.Some.NOON;
import static dev.freshet.write.announce.Some.PATTERN;
import static dev.freshet.write.announce.Some.PRODUCT;
import static dev.freshet.write.announce.Some.ROW;
import static dev.freshet.write.announce.Some.RULE;
import static dev.freshet.write.announce.Some.tags;
import static dev.freshet.write.announce.Some.version;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Pattern;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.freshet.change.Version;
import dev.freshet.message.Message;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.CacheTag;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.KeyPrefix;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Part;
import dev.freshet.plan.PartPattern;
import dev.freshet.plan.Share;
import dev.freshet.rules.expression.KeyPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of each operation; all of it is as {@code deploy/announcement.schema.json} says. */
class AnnouncementsTest {
    private static final Announcements TO_TOPIC = new Announcements("entries", "shop*:");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyPattern TAGS = new KeyPattern("category-*", Pattern.compile("category-[0-9]+"));
    private static final Part MEMBER = new Part.SetMember("blue");
    private static final String REST = ",\"rule\":\"product\",\"version\":\"1-00000000000000ab-0000000000000007-2\","
            + "\"order\":\"0000000100000000000000ab000000000000000700000002\","
            + "\"committed_at\":\"2026-03-01T12:00:00.123456Z\"}";

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(Files.readString(Path.of("../deploy/announcement.schema.json")));
    }

    static Stream<Arguments> operations() {
        CacheKey key = new CacheKey("product:17");
        CacheKey colours = new CacheKey("colours");
        Version seven = version(7);
        String entry = "\"key\":\"shop*:product:17\",\"tags\":";
        String shared = "{\"operation\":\"change\",\"key\":\"shop*:colours\",\"tags\":[]";
        String swept = "{\"operation\":\"invalidate\",\"match\":\"shop\\\\*:product:*\"";
        return Stream.of(
                Arguments.of(
                        Some.put("product:17", 7, "a", "b"),
                        "shop*:product:17",
                        "{\"operation\":\"put\"," + entry + "[\"a\",\"b\"]"),
                Arguments.of(
                        new Operation.PutFound(
                                RULE, seven, NOON, ROW, key, new Entry.Text("x"), new Expiry.Never(), tags("a")),
                        "shop*:product:17",
                        "{\"operation\":\"put\"," + entry + "[\"a\"]"),
                Arguments.of(
                        new Operation.Remove(RULE, seven, NOON, key, ROW, tags("a")),
                        "shop*:product:17",
                        "{\"operation\":\"remove\"," + entry + "[\"a\"]"),
                Arguments.of(
                        new Operation.RemoveFound(RULE, seven, NOON, ROW, key, tags()),
                        "shop*:product:17",
                        "{\"operation\":\"remove\"," + entry + "[]"),
                Arguments.of(
                        new Operation.Invalidate(RULE, seven, NOON, key, tags("a")),
                        "shop*:product:17",
                        "{\"operation\":\"remove\"," + entry + "[\"a\"]"),
                Arguments.of(
                        new Operation.PutPart(
                                RULE, seven, NOON, colours, ROW, new Share.SetMember(new Part.SetMember("blue"))),
                        "shop*:colours",
                        shared),
                Arguments.of(
                        new Operation.RemovePart(RULE, seven, NOON, colours, MEMBER, ROW), "shop*:colours", shared),
                Arguments.of(new Operation.DropPart(RULE, seven, NOON, colours, MEMBER), "shop*:colours", shared),
                Arguments.of(
                        new Operation.InvalidateTag(RULE, seven, NOON, new CacheTag("category-3")),
                        "tag category-3",
                        "{\"operation\":\"invalidate\",\"tag\":\"category-3\""),
                Arguments.of(
                        new Operation.InvalidatePrefix(RULE, seven, NOON, new KeyPrefix("list:")),
                        "prefix shop*:list:",
                        "{\"operation\":\"invalidate\",\"prefix\":\"shop*:list:\""),
                Arguments.of(
                        new Operation.InvalidateTags(RULE, seven, NOON, TAGS),
                        "tags category-*",
                        "{\"operation\":\"invalidate\",\"tag_match\":\"category-*\""),
                Arguments.of(
                        new Operation.Sweep(RULE, seven, NOON, PATTERN, PRODUCT), "match shop\\*:product:*", swept),
                Arguments.of(
                        new Operation.SweepParts(RULE, seven, NOON, PATTERN, new PartPattern.SetMember(TAGS), PRODUCT),
                        "match shop\\*:product:*",
                        swept),
                Arguments.of(
                        new Operation.SweepTagged(RULE, seven, NOON, TAGS, PATTERN, PRODUCT),
                        "match shop\\*:product:*",
                        swept));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("operations")
    void eachWriteIsToldAsTheSchemaSays(Operation operation, String key, String beginning) throws IOException {
        Message message = TO_TOPIC.of(operation).orElseThrow();
        String body = new String(message.body().utf8(), UTF_8);

        assertThat(message.to().place()).isEqualTo("entries");
        assertThat(message.to().key()).isEqualTo(key);
        assertThat(body).isEqualTo(beginning + REST);
        assertThat(schema().validate(JSON.readTree(body))).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatIsNeverTold() throws IOException {
        JsonNode right = JSON.readTree("{\"operation\":\"put\",\"key\":\"a\",\"tags\":[]" + REST);
        JsonNode withoutKey = JSON.readTree("{\"operation\":\"put\",\"tags\":[]" + REST);
        JsonNode withoutTags = JSON.readTree("{\"operation\":\"remove\",\"key\":\"a\"" + REST);
        JsonNode twoNames = JSON.readTree("{\"operation\":\"invalidate\",\"tag\":\"a\",\"prefix\":\"b\"" + REST);
        JsonNode otherWord = JSON.readTree("{\"operation\":\"forget\",\"key\":\"a\",\"tags\":[]" + REST);
        JsonNode withoutMoment = JSON.readTree("{\"operation\":\"put\",\"key\":\"a\",\"tags\":[],\"rule\":\"r\"}");

        assertThat(schema().validate(right)).isEmpty();
        for (JsonNode wrong : List.of(withoutKey, withoutTags, twoNames, otherWord, withoutMoment)) {
            assertThat(schema().validate(wrong)).as(wrong.toString()).isNotEmpty();
        }
    }

    @Test
    void messagesOfRulesAreNotToldAsWrites() {
        assertThat(TO_TOPIC.of(Some.toChannel("c", "{}", 1))).isEmpty();
        assertThat(TO_TOPIC.of(Some.toTopic("t", "public.product/1", "{}", 1))).isEmpty();
    }

    @Test
    void theTextOfAVersionComparesAsTheVersionDoes() {
        List<Version> growing = List.of(
                new Version(1, -1, -1, -1),
                new Version(2, 0, 0, 0),
                new Version(2, 9, 0, 10),
                new Version(2, 10, 0, 2),
                new Version(2, 10, 0, 10),
                new Version(2, Long.MAX_VALUE, 0, 0),
                new Version(2, Long.MIN_VALUE, 0, 0),
                new Version(-1, 0, 0, 0));

        assertThat(growing).isSorted();
        assertThat(growing.stream()
                        .map(version -> new Moment(version, NOON).fields().get("order")))
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
