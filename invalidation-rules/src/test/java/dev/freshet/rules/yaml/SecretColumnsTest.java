package dev.freshet.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretColumnsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "password_hash",
                "userPassword",
                "USERPASSWORD",
                "passwd",
                "pwd",
                "pass",
                "db_pass",
                "pass_hash",
                "pin",
                "card_pin",
                "pin_hash",
                "otp",
                "otp_secret",
                "cvv",
                "cvv2",
                "token",
                "api_token",
                "apiToken",
                "APIToken",
                "access_token",
                "access_tokens",
                "token_hash",
                "api_key",
                "APIKey",
                "apikey",
                "clientSecret",
                "client secret",
                "credit_card",
                "creditCardNumber",
                "card_number",
                "credentials",
                "iban",
                "salt",
                "tax_id",
                "passport_no"
            })
    void namesOfSecretsAreKnown(String column) {
        assertThat(SecretColumns.looksSecret(column)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pinned",
                "pin_position",
                "passenger",
                "passenger_id",
                "bypass",
                "compass",
                "pass_rate",
                "tokens_used",
                "token_count",
                "tokenizer",
                "secretary",
                "password_changed_at",
                "spinner",
                "credit",
                "card",
                "saltwater",
                "option",
                "_",
                "42"
            })
    void wordsThatOnlyHoldTheirLettersAreNot(String column) {
        assertThat(SecretColumns.looksSecret(column)).isFalse();
    }
}
