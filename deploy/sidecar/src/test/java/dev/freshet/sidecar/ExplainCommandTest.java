package dev.freshet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final String OLD = """
            rules:
              product:
                table: public.product
                put:
                  - {key: "product:{id}", as: json, value: [id, name, price], ttl: none}
                  - {key: "name:{id}", as: string, value: "{name}", ttl: none}
                  - {key: "item:{id}", as: hash, merge: true, value: [price], ttl: none}
            """;
    private static final String NEW = OLD.replace("[id, name, price], ttl: none", "{id: id, name: name}, ttl: 1h")
            .replace("name:{id}", "title:{id}");

    @TempDir
    private Path folder;

    private String old = "";
    private String now = "";
    private String change = "";

    @BeforeEach
    void write() throws IOException {
        old = Files.writeString(folder.resolve("old.yaml"), OLD).toString();
        now = Files.writeString(folder.resolve("new.yaml"), NEW).toString();
        change = Files.writeString(
                        folder.resolve("change.json"),
                        "{\"table\": \"public.product\", \"after\": {\"id\": 3, \"name\": \"Pen\", \"price\": 1.50}}")
                .toString();
    }

    @Test
    void programsAreToldWhatFollows() {
        Typed typed = Typed.freshet("explain", "--json", "-c", old, "--change", change);

        assertThat(typed).isEqualTo(new Typed(0, """
                {"change":"insert of public.product/3","table":"public.product","rules":["product"],"outcomes":[\
                {"outcome":"written","rule":"product","key":"product:3","as":"json","value":{"id":3,"name":"Pen","price":1.50},"ttl":"none","owner":"public.product/3"},\
                {"outcome":"written","rule":"product","key":"name:3","as":"string","value":"Pen","ttl":"none","owner":"public.product/3"},\
                {"outcome":"written","rule":"product","key":"item:3","as":"hash","fields":{"price":"1.50"},"owner":"public.product/3"}]}
                """, ""));
    }

    @Test
    void whatIsOtherwiseUnderOtherRules() {
        Typed typed = Typed.freshet("explain", "-c", now, "--against", old, "--change", change);

        assertThat(typed).isEqualTo(new Typed(0, """
                insert of public.product/3
                - written     name:3  value Pen  ttl none
                + written     title:3  value Pen  ttl none
                ~ written     product:3  value {"id":3,"name":"Pen"}  ttl 1h
                    value.price: was 1.50, is nothing
                    ttl: was "none", is "1h"
                1 the same
                """, ""));
    }

    @Test
    void programsAreToldWhatIsOtherwise() {
        Typed typed = Typed.freshet("explain", "--json", "-c", now, "--against", old, "--change", change);

        assertThat(typed.output())
                .contains("\"gone\":[{\"outcome\":\"written\",\"rule\":\"product\",\"key\":\"name:3\"")
                .contains("\"added\":[{\"outcome\":\"written\",\"rule\":\"product\",\"key\":\"title:3\"")
                .contains("\"changed\":[{\"old\":{")
                .endsWith("\"same\":1}\n");
    }

    @Test
    void theSameRulesDoTheSame() {
        Typed typed = Typed.freshet("explain", "-c", old, "--against", old, "--change", change);

        assertThat(typed.output()).isEqualTo("insert of public.product/3\n3 the same\n");
    }
}
