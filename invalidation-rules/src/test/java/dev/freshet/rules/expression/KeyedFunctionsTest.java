package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.change.Unknown;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyedFunctionsTest {
    private static final byte[] CIPHER_KEY = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);

    private static final Keys KEYS = new Keys() {
        @Override
        public Optional<MacKey> hmac() {
            return Optional.of(new MacKey("0123456789abcdef0123456789abcdef"));
        }

        @Override
        public Optional<CipherKey> encrypt() {
            return Optional.of(new CipherKey(CIPHER_KEY));
        }
    };

    private static @Nullable Object value(String source, @Nullable Object... namesAndValues) {
        return switch (Expressions.compile(source, View.ROW.withKeys(KEYS).ofValue())) {
            case Compiled.Ready<Expression>(Expression expression) ->
                expression.evaluate(TestScope.row(namesAndValues));
            case Compiled.Refused<Expression>(List<SyntaxProblem> problems) -> throw new AssertionError(problems);
        };
    }

    /** As docs/encryption.md tells applications to do it. */
    private static String decrypted(@Nullable Object made) throws Exception {
        String text = String.valueOf(made);
        assertThat(text).startsWith("v1.");
        byte[] all = Base64.getUrlDecoder().decode(text.substring(3));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(CIPHER_KEY, "AES"),
                new GCMParameterSpec(128, Arrays.copyOf(all, 12)));
        return new String(cipher.doFinal(all, 12, all.length - 12), StandardCharsets.UTF_8);
    }

    @Test
    void hmacIsTheBeginningOfTheHmacOfItsText() {
        assertThat(value("hmac('abc')")).isEqualTo("a60c859a6827c5ea576a48d8d368672f");
        assertThat(value("hmac(id)", "id", 17L)).isEqualTo("a19d33df8b2662de1670ebae94bc03cd");
    }

    @Test
    void whatIsEncryptedCanBeDecrypted() throws Exception {
        assertThat(decrypted(value("encrypt(name)", "name", "Grüße"))).isEqualTo("Grüße");
        assertThat(decrypted(value("encrypt(name)", "name", ""))).isEmpty();
        assertThat(decrypted(value("encrypt(17)"))).isEqualTo("17");
    }

    @Test
    void whatIsEncryptedIsAnotherTextEachTime() {
        Compiled<Expression> compiled =
                Expressions.compile("encrypt('a')", View.ROW.withKeys(KEYS).ofValue());
        Expression expression = ((Compiled.Ready<Expression>) compiled).value();

        assertThat(expression.evaluate(TestScope.row())).isNotEqualTo(expression.evaluate(TestScope.row()));
    }

    @Test
    void nothingIsMadeOfNullAndOfWhatWasNotSent() {
        assertThat(value("hmac(a)", "a", null)).isNull();
        assertThat(value("encrypt(a)", "a", null)).isNull();
        assertThat(value("encrypt(a)", "a", Unknown.VALUE)).isEqualTo(Unknown.VALUE);
    }

    @Test
    void keysAreNotShown() {
        assertThat(KEYS.hmac().orElseThrow()).hasToString("***");
        assertThat(KEYS.encrypt().orElseThrow()).hasToString("***");
    }

    @Test
    void keysThatCouldBeGuessedAreRefused() {
        assertThatThrownBy(() -> new MacKey("short")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CipherKey(new byte[16])).isInstanceOf(IllegalArgumentException.class);
    }
}
