package dev.freshet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build server has the rules, and nothing of production. */
class CheckCommandUnconnectedTest {
    private static final String FILE = """
            source: {type: postgresql, url: "${env:NOT_SET_URL}", user: freshet, password: "${env:NOT_SET_PASSWORD}", sslmode: prefer}
            cache: {url: "redis://${env:NOT_SET_HOST}:6379", password: "${file:/not/there}"}
            keys: {encrypt: "${env:NOT_SET_KEY}"}
            rules:
              product:
                table: public.product
                put: [{key: "product:{id}", as: json, value: {id: id, mail: encrypt(mail)}, ttl: none}]
            """;

    @TempDir
    private Path folder;

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("freshet.yaml"), text).toString();
    }

    @Test
    void secretsAreNotMissed() throws IOException {
        Typed typed = Typed.freshet("check", "--strict", "-c", file(FILE));

        assertThat(typed.output()).contains("freshet.yaml: nothing is wrong; tables and columns were not looked up");
        assertThat(typed.code()).isZero();
    }

    @Test
    void whatIsWrongBesideThemIsSaid() throws IOException {
        String path = file(FILE.replace("sslmode: prefer", "sslmode: some").replace("${file:/not/there}", "${fle:/x}"));

        assertThat(Typed.freshet("check", "-c", path)).isEqualTo(new Typed(2, """
                %1$s:1:116 source.sslmode: expected disable, prefer, require, verify-ca or verify-full, found 'some'
                %1$s:2:60 cache.password: '${fle:/x}' is not a variable; allowed: ${env:NAME}, ${env:NAME:-default}, ${file:/path}, and $$ for a dollar
                """.formatted(path), ""));
    }

    @Test
    void whoConnectsNeedsThem() throws IOException {
        Typed typed = Typed.freshet("check", "--connect", "-c", file(FILE));

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.output())
                .contains(
                        "source.url: the environment has no NOT_SET_URL",
                        "source.password: the environment has no NOT_SET_PASSWORD",
                        "keys.encrypt: the environment has no NOT_SET_KEY");
    }
}
