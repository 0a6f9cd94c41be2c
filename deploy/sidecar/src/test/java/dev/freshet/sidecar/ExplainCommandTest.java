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
                .endsWith("\"same\":1,\"failed\":[]}\n");
    }

    @Test
    void theSameRulesDoTheSame() {
        Typed typed = Typed.freshet("explain", "-c", old, "--against", old, "--change", change);

        assertThat(typed.output()).isEqualTo("insert of public.product/3\n3 the same\n");
    }

    private static final String SCHEMA = """
            {"tables": [{"table": "public.product", "columns": [
              {"name": "id", "type": "bigint", "kind": "integer", "toastable": false},
              {"name": "name", "type": "text", "kind": "text", "toastable": true},
              {"name": "price", "type": "numeric", "kind": "decimal", "toastable": false},
              {"name": "day", "type": "date", "kind": "other", "toastable": false}],
              "keys": [["id"]], "old_row": "everything"}]}
            """;

    private String explained(String... lines) throws IOException {
        Files.writeString(folder.resolve("change.json"), String.join("\n", lines));
        return change;
    }

    @Test
    void aChangeIsReadAsTestFilesAre() throws IOException {
        Files.writeString(folder.resolve("schema.json"), SCHEMA);
        String file =
                explained("{", "\t\"table\":\"public.product\",", "\t\"after\":{\"id\":\"3\",\"price\":\"1.50\"}", "}");

        assertThat(Typed.freshet("explain", "-c", old, "--change", file)).isEqualTo(new Typed(0, """
                insert of public.product/3
                rule product
                  put        product:3  {"id":3,"name":null,"price":1.50}  no ttl  (product, owner public.product/3)
                  put        item:3  fields {price=1.50}  (product, owner public.product/3)
                  remove     name:3  (product, owner public.product/3)
                """, ""));
    }

    @Test
    void whatIsWrongInAChangeIsSaidWithItsPlace() throws IOException {
        Files.writeString(folder.resolve("schema.json"), SCHEMA);

        assertThat(Typed.freshet(
                        "explain",
                        "-c",
                        old,
                        "--change",
                        explained("{\"tabel\": \"public.product\",", " \"befor\": {\"id\": 3}}")))
                .isEqualTo(new Typed(2, "", """
                        %1$s:1:2 tabel: unknown key; did you mean 'table'?
                        %1$s:2:2 befor: unknown key; did you mean 'before'?
                        """.formatted(change)));
        assertThat(Typed.freshet(
                        "explain",
                        "-c",
                        old,
                        "--change",
                        explained("{\"table\": \"public.product\",", " \"after\": {\"id\": \"x\", \"nmae\": 1}}")))
                .isEqualTo(new Typed(2, "", """
                        %1$s:2:18 after.id: a column of type bigint does not hold this
                        %1$s:2:23 after.nmae: table public.product has no column 'nmae'; did you mean 'name'?
                        """.formatted(change)));
        assertThat(Typed.freshet(
                        "explain", "-c", old, "--change", explained("{\"table\": \"public.prodct\", \"after\": {}}")))
                .isEqualTo(new Typed(2, "", """
                        %1$s:1:2 table: the schema has no table public.prodct; did you mean 'public.product'?
                        """.formatted(change)));
        assertThat(Typed.freshet("explain", "-c", old, "--change", explained("{\"table\": \"public.product\"}")))
                .isEqualTo(new Typed(2, "", change + ":1:1: neither 'before' nor 'after' holds a row\n"));
        assertThat(Typed.freshet("explain", "-c", old, "--change", explained("{\"table\": ")))
                .satisfies(typed -> assertThat(typed.code()).isEqualTo(2))
                .satisfies(typed ->
                        assertThat(typed.errors()).startsWith(change + ":1:").doesNotContain("jackson"));
        assertThat(Typed.freshet("explain", "-c", old, "--change", folder + "/none.json"))
                .isEqualTo(new Typed(2, "", folder + "/none.json:1:1: there is no such file\n"));
    }

    @Test
    void aRowThatASnapshotReadIsNoInsert() throws IOException {
        String rule = "rules: {product: {table: public.product, invalidate: [{key: \"list\"}]}}\n";
        Files.writeString(folder.resolve("old.yaml"), rule);
        String file = explained(
                "{\"op\": \"r\", \"ts_ms\": 1, \"source\": {\"schema\": \"public\", \"table\": \"product\", \"lsn\": 17},",
                " \"before\": null, \"after\": {\"id\": 3}}");

        assertThat(Typed.freshet("explain", "-c", old, "--change", file)).isEqualTo(new Typed(0, """
                snapshot of public.product/3
                rule product
                  does nothing for this change
                """, ""));
    }

    @Test
    void aRuleThatFailsForTheRowIsAFailure() throws IOException {
        String file = explained("{\"table\": \"public.product\", \"after\": {\"id\": 3, \"name\": \"Pen\"}}");

        Typed alone = Typed.freshet("explain", "-c", old, "--change", file);
        assertThat(alone.code()).isEqualTo(1);
        assertThat(alone.output()).contains("  fails at put[0].value: no column 'price'");
        Typed compared = Typed.freshet("explain", "-c", old, "--against", old, "--change", file);
        assertThat(compared.code()).isEqualTo(1);
        assertThat(compared.output()).contains("! failed      at put[0].value  reason no column");
        assertThat(Typed.freshet("explain", "--json", "-c", old, "--against", old, "--change", file)
                        .output())
                .contains("\"failed\":[{\"outcome\":\"failed\",\"rule\":\"product\",\"at\":\"put[0].value\"");
    }

    @Test
    void whatWouldBeIgnoredIsRefused() {
        assertThat(Typed.freshet("explain", "-c", old, "--change", change, "--set", "price=1", "--for", "5s"))
                .isEqualTo(new Typed(2, "", """
                        --set goes with --row alone; write the new row into the file
                        --for goes with --live alone
                        """));
        assertThat(Typed.freshet("explain", "-c", old, "--live", "--set", "price=1"))
                .isEqualTo(new Typed(2, "", "--set goes with --row alone\n"));
    }
}
