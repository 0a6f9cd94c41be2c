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
                The rules differ. At its next start run removes what the new keys match and reads the tables again.

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

                entries that are removed, and written again where they are put
                  product:*
                  title:*
                  list:*

                entries that are removed for good, since nobody keeps them any more
                  name:*

                entries that the application fills and nobody removes any more: they STAY, and go stale, unless you remove them
                  menu:*
                    valkey-cli --scan --pattern '<cache.prefix>menu:*' | xargs valkey-cli unlink
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
                        "\"snapshot\":[{\"table\":\"public.product\"}],\"swept\":[\"product:*\",\"title:*\",\"list:*\",\"name:*\"],"
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
}
