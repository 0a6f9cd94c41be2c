package dev.freshet.settings;

import static dev.freshet.settings.SchemaParts.anyOf;
import static dev.freshet.settings.SchemaParts.duration;
import static dev.freshet.settings.SchemaParts.flag;
import static dev.freshet.settings.SchemaParts.listOf;
import static dev.freshet.settings.SchemaParts.map;
import static dev.freshet.settings.SchemaParts.object;
import static dev.freshet.settings.SchemaParts.ref;
import static dev.freshet.settings.SchemaParts.settingWords;
import static dev.freshet.settings.SchemaParts.text;
import static dev.freshet.settings.SchemaParts.whole;
import static dev.freshet.settings.SchemaParts.words;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.rules.Rule;
import dev.freshet.rules.edge.EdgeKey;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.rules.edge.Plan;
import dev.freshet.rules.yaml.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The JSON Schema of a configuration file, draft 7, which is what editors know best. It says what can be said without knowing
 * tables and without reading expressions; a file that it accepts may still be wrong, and one that it refuses is.
 */
final class ConfigurationSchema {
    private static final String VALUE = "what the entry holds: columns [a, b], a map {name: expression}, or all";

    private ConfigurationSchema() {}

    static ObjectNode make() {
        ObjectNode schema = object(
                        "Freshet: where row changes come from, and what they mean for caches and edges", top())
                .eitherRequired("rules", "include")
                .build();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "Freshet configuration");
        schema.putObject("patternProperties").putObject("^x-").put("description", "yours: a place for anchors");
        ObjectNode definitions = schema.putObject("definitions");
        definitions.set("rule", rule());
        definitions.set("table", table());
        definitions.set("put", put());
        definitions.set("columnsOrMembers", columnsOrMembers());
        definitions.set("member", member());
        definitions.set("invalidation", invalidation());
        definitions.set("purge", purge());
        definitions.set("escalation", escalation());
        definitions.set("publication", publication());
        definitions.set("ttl", ttl());
        return schema;
    }

    private static SchemaParts.Keys top() {
        return new SchemaParts.Keys()
                .may("source", source())
                .may("cache", cache())
                .may("edges", map("CDNs and proxies, by name", edge()))
                .may("keys", keys())
                .may("admin", admin())
                .may("pipeline", pipeline())
                .may("fence", fence())
                .may(
                        "kafka",
                        clients("properties of clients of the broker whose topics are written; default source.kafka"))
                .may("announce", announce())
                .may("include", listOf(text("a file or a pattern such as rules/*.yaml, relative to this file"), 0))
                .may("defaults", defaults())
                .may("rules", map("the rules, by name: what a change of a row means", ref("rule")));
    }

    private static ObjectNode source() {
        SchemaParts.Keys common = new SchemaParts.Keys()
                .must(
                        "type",
                        settingWords("a database, or topics that Debezium fills", List.of("kafka", "postgresql")));
        SchemaParts.ObjectForm form = object("where changes come from; its other keys are its type's", common)
                .open();
        form.whenType("postgresql", common, database(), "url", "host");
        form.whenType("kafka", common, topics(), "topics", "pattern");
        return form.build();
    }

    private static SchemaParts.Keys database() {
        return new SchemaParts.Keys()
                .may("url", text("postgresql://host:port/database?sslmode=...; without user and password"))
                .may("host", text("in place of a url: a name or an address"))
                .may("port", SchemaParts.withDefault(whole("default 5432", 1, 65_535), DatabaseAddress.DEFAULT_PORT))
                .may("database", text("in place of a url: its name"))
                .may(
                        "sslmode",
                        settingWords(
                                "how much the connection proves of its server",
                                Arrays.stream(DatabaseAddress.SslMode.values())
                                        .map(DatabaseAddress.SslMode::text)
                                        .toList()))
                .must("user", text("who reads it; needs the right to replicate"))
                .may("password", secret("of that user"))
                .may("slot", SchemaParts.withDefault(text("the replication slot"), DatabaseSettings.DEFAULT_SLOT))
                .may(
                        "publication",
                        SchemaParts.withDefault(
                                text("made for the tables of the rules"), DatabaseSettings.DEFAULT_PUBLICATION))
                .may(
                        "snapshot",
                        settingWords("whether rows that are there already are read", List.of("initial", "never")))
                .may(
                        "on_gap",
                        settingWords(
                                "where the log no longer reaches back: read anew, or stop", List.of("resync", "stop")))
                .may("retain", duration("how long the database keeps log that is done with, at most 1d; default 1m"))
                .may(
                        "schema_check",
                        duration("how often the tables are looked at for what no row tells, 100ms to 1h; default 5s"))
                .may(
                        "stalled_after",
                        duration("how long the database may say nothing though it was asked to, 4s to 1h; default 1m"))
                .may("max_lag", text("how much log the database may keep for the slot: 20GB; default any amount"))
                .may(
                        "on_max_lag",
                        settingWords(
                                "above max_lag: say it, or drop the slot before the disk is full, which is a gap; default warn",
                                List.of("drop_slot", "warn")))
                .may("query_timeout", duration("of one query of the rules, at most 1m; default 10s"))
                .may(
                        "replica",
                        text("postgresql://host:port/database of a hot standby that answers queries of the rules"));
    }

    private static SchemaParts.Keys topics() {
        return new SchemaParts.Keys()
                .may("group", SchemaParts.withDefault(text("the consumer group"), KafkaSettings.DEFAULT_GROUP))
                .may("topics", listOf(text("a topic's name"), 1))
                .may("pattern", text("in place of topics: a regular expression of their whole names"))
                .may("keys", conversion("how records' keys are read; default json"))
                .may("values", conversion("how records' values are read; default json"))
                .may(
                        "start",
                        settingWords(
                                "where partitions begin that the group has never read; default beginning",
                                List.of("beginning", "end")))
                .may(
                        "on_gap",
                        settingWords(
                                "where records are gone that were not done: read everything again, or stop; default resync",
                                List.of("resync", "stop")))
                .may(
                        "on_unreadable",
                        settingWords(
                                "a record that says no change: read nothing behind it, or set it aside; default stop",
                                List.of("skip", "stop")))
                .must("kafka", clients("properties of Kafka's clients"));
    }

    private static ObjectNode conversion(String description) {
        SchemaParts.Keys converter =
                new SchemaParts.Keys().must("converter", text("the class of a converter of Kafka Connect"));
        return anyOf(
                description,
                settingWords("", List.of("json")),
                object("a converter; its other keys are its properties", converter)
                        .open()
                        .build());
    }

    private static ObjectNode announce() {
        return object(
                        "where others are told of every write",
                        new SchemaParts.Keys()
                                .may("topic", text("a topic of the broker"))
                                .may("channel", text("a channel of the cache; its prefix stands before it")))
                .eitherRequired("topic", "channel")
                .build();
    }

    private static ObjectNode clients(String description) {
        return object(
                        description,
                        new SchemaParts.Keys().must("bootstrap.servers", text("where brokers are: host:port")))
                .open()
                .build();
    }

    private static ObjectNode cache() {
        return object(
                        "where entries go",
                        new SchemaParts.Keys()
                                .may(
                                        "type",
                                        settingWords(
                                                "the server's make; default valkey",
                                                names(CacheSettings.Type.values())
                                                        .toList()))
                                .must("url", text("redis://host:port/number, or rediss:// for an encrypted connection"))
                                .may("user", text("default: the server's own"))
                                .may("password", secret("of that user"))
                                .may("prefix", text("before every key; default none")))
                .build();
    }

    private static ObjectNode edge() {
        SchemaParts.Keys common = new SchemaParts.Keys()
                .must(
                        "type",
                        settingWords(
                                "who serves it",
                                Arrays.stream(EdgeType.values())
                                        .map(EdgeType::word)
                                        .toList()))
                .may("soft", flag("purge so that the old object may be served until the new one is there"))
                .may("max_delay", duration("how long a purge may wait for the provider's budget; default 30s"))
                .may(
                        "gather",
                        duration("how long a purge waits for others that can go with it; default: the provider's"))
                .may("timeout", duration("of one call, at most 5m; default 10s"))
                .may(
                        "outbox",
                        settingWords(
                                "where purges wait that the provider does not take: in the database's log, or in the cache; default log",
                                List.of("cache", "log")))
                .may(
                        "on_gap",
                        settingWords(
                                "where changes were missed: say it, or purge everything; default tell",
                                List.of("purge_all", "tell")))
                .may("budget", budget());
        SchemaParts.ObjectForm form =
                object("an edge; its other keys are its provider's", common).open();
        for (EdgeType type : EdgeType.values()) {
            SchemaParts.Keys own = new SchemaParts.Keys();
            if (type.plans().size() > 1) {
                own.may(
                        "plan",
                        settingWords(
                                "what was bought; default "
                                        + type.plans().getFirst().name(),
                                type.plans().stream().map(Plan::name).toList()));
            }
            for (EdgeKey key : type.keys()) {
                if (key.isRequired()) {
                    own.must(key.name(), form(key));
                } else {
                    own.may(key.name(), form(key));
                }
            }
            form.whenType(type.word(), common, own);
        }
        return form.build();
    }

    private static ObjectNode budget() {
        return object(
                        "what may be spent, where it is not what the provider grants",
                        new SchemaParts.Keys()
                                .may("burst", whole("at once", 1, 1_000_000_000))
                                .may("per_minute", whole("calls or names, as the provider counts", 1, 1_000_000_000))
                                .may("per_month", whole("names", 1, 1_000_000_000)))
                .build();
    }

    private static ObjectNode form(EdgeKey key) {
        return switch (key.form()) {
            case EdgeKey.Form.Text text -> text(key.says());
            case EdgeKey.Form.Token token -> text(key.says());
            case EdgeKey.Form.Hidden hidden -> secret(key.says());
            case EdgeKey.Form.Word(List<String> words) -> settingWords(key.says(), words);
            case EdgeKey.Form.Address address -> text(key.says());
            case EdgeKey.Form.Addresses addresses -> listOf(text("http://host:port"), 1, key.says());
            case EdgeKey.Form.Texts texts -> listOf(text("a text"), 1, key.says());
            case EdgeKey.Form.Headers headers -> {
                ObjectNode map = map(key.says(), text("its value"));
                map.remove("propertyNames");
                yield map;
            }
        };
    }

    private static ObjectNode keys() {
        return object(
                        "secrets for functions; name them, as ${env:NAME} or ${file:/path}",
                        new SchemaParts.Keys()
                                .may("hmac", text("for hmac(x): at least 16 characters"))
                                .may("encrypt", text("for encrypt(x): the base64 of 32 bytes")))
                .build();
    }

    private static ObjectNode admin() {
        return object(
                        "where health and metrics are served",
                        new SchemaParts.Keys()
                                .may("listen", text("host:port; port 0 takes a free one; default 127.0.0.1:8470")))
                .build();
    }

    private static ObjectNode pipeline() {
        return object(
                        "how much is under way at once",
                        new SchemaParts.Keys()
                                .may(
                                        "batch",
                                        SchemaParts.withDefault(
                                                whole(
                                                        "most changes taken at once",
                                                        1,
                                                        PipelineSettings.MOST_IN_A_BATCH),
                                                PipelineSettings.DEFAULT.batch()))
                                .may("memory", text("most bytes of changes held: 128MB; units KB, MB, GB")))
                .build();
    }

    private static ObjectNode fence() {
        return object(
                        "how long versions outlive what they fence",
                        new SchemaParts.Keys().may("window", duration("at least 1s; default 15m")))
                .build();
    }

    private static ObjectNode defaults() {
        return object("for puts of this file that say nothing", new SchemaParts.Keys().may("ttl", ref("ttl")))
                .build();
    }

    private static ObjectNode rule() {
        return object(
                        "what a change of a table's row means",
                        new SchemaParts.Keys()
                                .must("table", ref("table"))
                                .may(
                                        "where",
                                        text("an expression: which rows belong; a row that leaves loses its entries"))
                                .may(
                                        "columns",
                                        listOf(
                                                text("a column"),
                                                1,
                                                "updates count only if one of these changed; not with a row put"))
                                .may(
                                        "when",
                                        text(
                                                "an expression over before, after and change: which changes count; not with a row put"))
                                .may("for_each", forEach())
                                .may("put", listOf(ref("put"), 1, "entries that Freshet keeps"))
                                .may(
                                        "invalidate",
                                        listOf(
                                                ref("invalidation"),
                                                1,
                                                "entries that the application keeps and Freshet removes"))
                                .may("purge", listOf(ref("purge"), 1, "objects at edges"))
                                .may("publish", listOf(ref("publication"), 1, "messages, one for each change"))
                                .may("on_truncate", onTruncate())
                                .may(
                                        "limit",
                                        SchemaParts.withDefault(
                                                whole("most names that one change may make", 1, Rule.HIGHEST_LIMIT),
                                                Rule.DEFAULT_LIMIT))
                                .may("allow", listOf(words("a warning that is accepted here", acceptable()), 0)))
                .eitherRequired("put", "invalidate", "purge", "publish")
                .build();
    }

    private static List<String> acceptable() {
        return Arrays.stream(Code.values())
                .filter(Code::isAcceptable)
                .map(Code::text)
                .toList();
    }

    private static ObjectNode table() {
        ObjectNode named = map(
                "tables with names of their own: {schema.table: {name: expression}}",
                SchemaParts.orNothing(map(
                        "an expression over the table's row, by the name used in the rule", text("an expression"))));
        named.remove("propertyNames");
        named.withObject("/additionalProperties").remove("propertyNames");
        named.put("minProperties", 1);
        return anyOf(
                "schema.table, a pattern such as tenant_*.orders, a list of them, or a map to names",
                text("schema.table"),
                listOf(text("schema.table"), 1),
                named);
    }

    private static ObjectNode forEach() {
        ObjectNode each =
                map("one variable and its select: the actions are made for each row it finds", text("a select"));
        each.remove("propertyNames");
        each.put("minProperties", 1);
        each.put("maxProperties", 1);
        return each;
    }

    private static ObjectNode put() {
        SchemaParts.ObjectForm form = object(
                "an entry that Freshet keeps",
                new SchemaParts.Keys()
                        .must("key", text("a template: product:{id}"))
                        .must(
                                "as",
                                words("the form of the entry", List.of("string", "json", "hash", "set", "sorted_set")))
                        .may("value", anyOf(VALUE, text("a template, an expression, or all"), ref("columnsOrMembers")))
                        .may("except", listOf(text("a column"), 0, "with value: all, the columns left out"))
                        .may("merge", flag("with as: hash, the row owns the fields it names, and other rows the rest"))
                        .may("member", text("a template: one field of a hash, or a member of a set"))
                        .may("score", text("an expression: the member's score"))
                        .may("query", text("a select that gives the value; its {expressions} stand in the key"))
                        .may("rows", words("with query and as: json, a list of objects", List.of("many", "one")))
                        .may("ttl", ref("ttl"))
                        .may("expire_at", text("an expression: a date or timestamp of the row"))
                        .may(
                                "tags",
                                listOf(
                                        text("a template: category-{category_id}"),
                                        0,
                                        "names under which the entry can be removed")));
        form.when(SchemaParts.as("string"), "value", text("a template"), "merge", "member", "score", "rows");
        form.when(SchemaParts.as("json"), "value", ref("columnsOrMembers"), "merge", "member", "score", "rows");
        form.when(SchemaParts.as("hash"), "value", null, "score", "rows");
        form.when(SchemaParts.as("set"), "member", null, "value", "except", "merge", "score", "rows");
        form.when(SchemaParts.as("sorted_set"), "member", null, "value", "except", "merge", "rows");
        form.when(SchemaParts.as("sorted_set"), "score", null);
        form.when(
                SchemaParts.required("query"), null, null, "value", "except", "merge", "member", "score", "expire_at");
        return form.build();
    }

    private static ObjectNode columnsOrMembers() {
        return anyOf(VALUE, words("every column", List.of("all")), listOf(text("a column"), 1), members("by name"));
    }

    private static ObjectNode members(String description) {
        ObjectNode members = map(description, ref("member"));
        members.remove("propertyNames");
        members.put("minProperties", 1);
        return members;
    }

    private static ObjectNode member() {
        ObjectNode leaf = text("an expression over the row");
        leaf.withArray("type").add("null");
        return anyOf("an expression, or a map or list of them", leaf, listOf(ref("member"), 0), members("a map"));
    }

    private static ObjectNode invalidation() {
        return object(
                        "an entry that the application keeps",
                        new SchemaParts.Keys()
                                .may("key", text("a template: this entry"))
                                .may("tag", text("a template: every entry under this tag"))
                                .may("prefix", text("a template: every entry that begins so; needs allow: [scan]")))
                .oneRequired("key", "tag", "prefix")
                .build();
    }

    private static SchemaParts.Keys purged() {
        return new SchemaParts.Keys()
                .may("tag", text("a template: what carries this tag"))
                .may("url", text("a template: https://shop.example/p/{slug}"))
                .may("prefix", text("a template: what begins so"))
                .may("host", text("a template: a whole host"))
                .may("all", words("everything", List.of("true")));
    }

    private static ObjectNode purge() {
        return object(
                        "objects at edges",
                        purged().may(
                                        "edge",
                                        anyOf(
                                                "at this edge, or at these; default every one",
                                                text("an edge"),
                                                listOf(text("an edge"), 1)))
                                .may("soft", flag("the old object may be served until the new one is there"))
                                .may("again_after", duration("purge once more after this time"))
                                .may(
                                        "escalate",
                                        listOf(ref("escalation"), 0, "what to purge instead where too much waits")))
                .oneRequired("tag", "url", "prefix", "host", "all")
                .build();
    }

    private static ObjectNode escalation() {
        return object("what to purge instead", purged())
                .oneRequired("tag", "url", "prefix", "host", "all")
                .build();
    }

    private static ObjectNode publication() {
        return object(
                        "a message",
                        new SchemaParts.Keys()
                                .may("stream", text("a template: a stream of the cache"))
                                .may("channel", text("a template: a channel of the cache"))
                                .may("topic", text("a template: a topic"))
                                .may(
                                        "max_length",
                                        whole("cuts a stream to about as many entries", 1, Integer.MAX_VALUE))
                                .must("value", ref("columnsOrMembers"))
                                .may("except", listOf(text("a column"), 0, "with value: all, the columns left out")))
                .oneRequired("stream", "channel", "topic")
                .build();
    }

    private static ObjectNode onTruncate() {
        return object(
                        "what a truncate of the table does instead, with names that no row fills in; {} does nothing",
                        new SchemaParts.Keys()
                                .may("invalidate", listOf(ref("invalidation"), 0))
                                .may("purge", listOf(ref("purge"), 0))
                                .may("publish", listOf(ref("publication"), 0)))
                .build();
    }

    private static ObjectNode ttl() {
        ObjectNode ttl = duration("how long an entry lives, shortened by up to a tenth: 24h; or none");
        ttl.put("pattern", ttl.get("pattern").asText() + "|^none$");
        return ttl;
    }

    private static ObjectNode secret(String description) {
        return text(description + ", best as ${env:NAME} or ${file:/path}");
    }

    private static Stream<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT));
    }
}
