package dev.freshet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    private static final String OLD = """
            rules:
              product:
                table: public.product
                put:
                  - {key: "product:{id}", as: json, value: [id, name], ttl: none}
                  - {key: "name:{id}", as: string, value: "{name}", ttl: none}
              category:
                table: public.category
                invalidate: [{key: "list:{id}"}, {key: "menu:{id}"}, {tag: "category-{id}"}]
            """;

    private static final String NEW = OLD.replace("name:{id}", "title:{id}")
            .replace("as: json, value: [id, name]", "as: hash, value: [id, name]")
            .replace("{key: \"menu:{id}\"}, ", "")
            .replace("category-{id}", "c-{id}");

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void whatTheNewRulesBring() throws IOException {
        Typed typed = Typed.freshet("plan", "-c", file("new.yaml", NEW), "--against", file("old.yaml", OLD));

        assertThat(typed).isEqualTo(new Typed(3, """
                The rules differ. At its next start run reads the tables again, and then removes what no row puts any more.

                keys and tags
                  = product:{id}  put hash, was put json
                  + title:{id}  put string
                  = list:{id}  invalidate key
                  + c-{id}  invalidate tag
                  - name:{id}  put string
                  - menu:{id}  invalidate key
                  - category-{id}  invalidate tag

                tables that are read
                  public.product

                entries that are written again, or removed where no row puts them
                  product:*
                  title:*
                  list:*

                entries that are removed for good, since nobody keeps them any more
                  name:*

                entries that the application fills and nobody removes any more: they STAY, and go stale, unless you remove them
                  menu:*
                    no command for it: cache.url or cache.prefix is not known here
                """, ""));
    }

    @Test
    void programsAreToldTheSame() throws IOException {
        Typed typed = Typed.freshet("plan", "--json", "-c", file("new.yaml", NEW), "--against", file("old.yaml", OLD));

        assertThat(typed.code()).isEqualTo(3);
        assertThat(typed.output())
                .contains("{\"fate\":\"kept\",\"name\":\"product:{id}\",\"pattern\":\"product:*\","
                        + "\"keeper\":\"put hash\",\"was\":\"put json\"}")
                .endsWith(
                        "\"snapshot\":[{\"table\":\"public.product\"}],\"moved\":[],\"swept\":[\"product:*\",\"title:*\",\"list:*\",\"name:*\"],"
                                + "\"left_behind\":[\"menu:*\"]}\n");
    }

    @Test
    void rulesThatSayTheSameChangeNothing() throws IOException {
        String reordered = "# a remark\n" + OLD;

        assertThat(Typed.freshet("plan", "-c", file("new.yaml", reordered), "--against", file("old.yaml", OLD)))
                .isEqualTo(new Typed(0, "the rules say the same; nothing happens\n", ""));
    }

    @Test
    void aWrongFileOfEitherSideIsTold() throws IOException {
        String right = file("right.yaml", OLD);
        String wrong = file("wrong.yaml", OLD.replace("table: public.product", "tabel: public.product"));

        assertThat(Typed.freshet("plan", "-c", right, "--against", wrong).errors())
                .startsWith(wrong + ":3:5 rules.product.tabel: unknown key");
        assertThat(Typed.freshet("plan", "-c", wrong, "--against", right).code())
                .isEqualTo(2);
        assertThat(Typed.freshet("plan", "-c", right).errors()).contains("'source' is missing", "'cache' is missing");
    }

    private static final String PLACE = """
            source: {type: postgresql, url: "postgresql://db/shop", user: freshet, password: "${env:NOT_SET_ANYWHERE}", slot: one}
            cache: {url: "rediss://cache.internal:6380/3", user: app, password: "${env:NOT_SET_ANYWHERE}", prefix: "it's [new]:"}
            """;

    @Test
    void whatStaysIsRemovedByACommandThatReachesNothingElse() throws IOException {
        Files.writeString(folder.resolve("schema.json"), """
                {"tables": [
                  {"table": "public.product", "columns": [
                    {"name": "id", "type": "bigint", "kind": "integer", "toastable": false},
                    {"name": "name", "type": "text", "kind": "text", "toastable": true}],
                    "keys": [["id"]], "old_row": "everything"},
                  {"table": "public.category", "columns": [
                    {"name": "id", "type": "bigint", "kind": "integer", "toastable": false},
                    {"name": "slug", "type": "text", "kind": "text", "toastable": true}],
                    "keys": [["id"]], "old_row": "everything"}]}
                """);
        String old =
                PLACE + OLD.replace("{key: \"menu:{id}\"}", "{key: \"menu:{id}\"}, {key: all}, {key: \"by:{slug}\"}");

        Typed typed = Typed.freshet("plan", "-c", file("new.yaml", PLACE + NEW), "--against", file("old.yaml", old));

        String client = "valkey-cli -h cache.internal -p 6380 -n 3 --tls --user app";
        String menu = client + " --scan --pattern 'it'\\''s \\[new\\]:menu:*' | LC_ALL=C grep -aEx -e"
                + " 'it'\\''s \\[new]:menu:(-?[0-9]+)'";
        String by = client + " --scan --pattern 'it'\\''s \\[new\\]:by:*' | LC_ALL=C grep -aEx -e"
                + " 'it'\\''s \\[new]:by:(.*)'";
        String remove = " | tr '\\n' '\\0' | xargs -0 -n 500 " + client + " unlink";
        assertThat(typed.errors()).isEmpty();
        assertThat(typed.code()).isEqualTo(3);
        assertThat(typed.output().lines().dropWhile(line -> !line.contains("they STAY")))
                .containsExactly(
                        "entries that the application fills and nobody removes any more: they STAY, and go stale, unless you remove"
                                + " them",
                        "  (the password of the cache is in none of these commands: have it in REDISCLI_AUTH)",
                        "  menu:*",
                        "    look:   " + menu,
                        "    remove: " + menu + remove,
                        "  all",
                        "    remove: " + client + " unlink 'it'\\''s [new]:all'",
                        "  by:*",
                        "    look:   " + by,
                        "    remove: " + by + remove,
                        "    careful: a text stands in these keys, so that this reaches every key that looks so, also of others: look"
                                + " first");
    }

    @Test
    void anotherPlaceLeavesEverythingBehind() throws IOException {
        String moved = PLACE.replace("it's [new]:", "new:").replace("slot: one", "slot: two");
        String now = file("new.yaml", moved + OLD);
        Typed typed = Typed.freshet("plan", "-c", now, "--against", file("old.yaml", PLACE + OLD));

        assertThat(typed.code()).isEqualTo(3);
        assertThat(typed.output()).startsWith("""
                        The place differs: the new one begins anew there, and does not know of the one before.
                          cache.prefix was 'it's [new]:' and is 'new:'
                          source.slot was one and is two

                        The rules say the same.

                        entries of before that nobody removes any more: they STAY, and go stale, unless you remove them once that one has stopped
                        """).contains("  product:*\n    look:   ", "  menu:*\n    look:   ");
        assertThat(Typed.freshet("plan", "--json", "-c", now, "--against", folder + "/old.yaml")
                        .output())
                .startsWith("{\"same\":false,")
                .contains("\"moved\":[{\"setting\":\"cache.prefix\",\"was\":\"'it's [new]:'\",\"is\":\"'new:'\"},")
                .contains("\"left_behind\":[\"product:*\",\"name:*\",\"list:*\",\"menu:*\"]");
    }

    @Test
    void underAnotherSlotWhatOnlyTheOldRulesPutStays() throws IOException {
        String now = file("new.yaml", PLACE.replace("slot: one", "slot: two") + NEW);
        Typed typed = Typed.freshet("plan", "-c", now, "--against", file("old.yaml", PLACE + OLD));

        assertThat(typed.output())
                .contains("  source.slot was one and is two\n")
                .doesNotContain("removed for good")
                .contains("  name:*\n    look:   ", "  menu:*\n    look:   ");
    }
}
