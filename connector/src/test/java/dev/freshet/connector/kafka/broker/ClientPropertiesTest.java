package dev.freshet.connector.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientPropertiesTest {
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required ";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            bootstrap.servers         | kafka                 | <host>:<port>, more of them with commas between
            bootstrap.servers         | kafka:9092,,other:9092| <host>:<port>, more of them with commas between
            bootstrap.servers         | kafka:9092, other     | <host>:<port>, more of them with commas between
            security.protocol         | TLS                   | one of PLAINTEXT, SASL_PLAINTEXT, SASL_SSL, SSL
            session.timeout.ms        | 6s                    | a whole number
            max.poll.records          | 0                     | a whole number within [1,...]
            sasl.login.refresh.window.factor | 2              | a number within [0.5,...,1.0]
            check.crcs                | yes                   | true or false
            ssl.engine.factory.class  | com.example.Engine    | a class on the class path
            client.dns.lookup         | all                   | one of resolve_canonical_bootstrap_servers_only, use_all_dns_ips
            """)
    void saysWhatAValueShouldHaveBeen(String name, String value, String expected) {
        assertThat(ClientProperties.expected(name, value)).contains(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            bootstrap.servers | [::1]:9092,kafka.internal:9092
            bootstrap.servers | SASL_SSL://kafka.internal:9092
            security.protocol | sasl_ssl
            group.protocol    | consumer
            ssl.endpoint.identification.algorithm | ''
            client.id         | member 1
            com.example.color | anything
            """)
    void hasNothingAgainstWhatClientsTake(String name, String value) {
        assertThat(ClientProperties.expected(name, value)).isEmpty();
    }

    @Test
    void aLoginIsParsedAndItsModuleLookedFor() {
        String name = "sasl.jaas.config";

        assertThat(ClientProperties.expected(name, SCRAM + "username=\"shop\" password=\"open sesame\";"))
                .isEmpty();
        assertThat(ClientProperties.expected(name, SCRAM + "username=\"shop\" password=\"open sesame\""))
                .contains("<class of a login module> required <option>=\"<value>\" ...;");
        assertThat(ClientProperties.expected(name, "com.example.Login required;"))
                .contains("a login module that is on the class path, in front of 'required'");
    }

    @Test
    void whatAParserStumblesOverMayBePartOfAPasswordAndIsNotTold() {
        assertThat(ClientProperties.expected("sasl.jaas.config", SCRAM + "password=open sesame;"))
                .get()
                .asString()
                .doesNotContain("sesame");
    }

    @Test
    void namesThatBeginLikeKafkasAreNoUsersOwn() {
        assertThat(ClientProperties.isKnown("sasl.mechanism")).isTrue();
        assertThat(ClientProperties.isKnown("sasl.mechanisms")).isFalse();
        assertThat(ClientProperties.isLikeKnown("sasl.mechanisms")).isTrue();
        assertThat(ClientProperties.isLikeKnown("com.example.token")).isFalse();
        assertThat(ClientProperties.isKnown("config.providers.vault.class")).isTrue();
    }

    @Test
    void whatMayHoldAPasswordIsASecretAndSoIsWhatNobodyKnows() {
        assertThat(Set.of("sasl.jaas.config", "ssl.key.password", "ssl.keystore.key", "com.example.color"))
                .allMatch(ClientProperties::isSecret);
        assertThat(Set.of("security.protocol", "bootstrap.servers", "session.timeout.ms"))
                .noneMatch(ClientProperties::isSecret);
    }

    private static Map<String, String> discords(Map<String, String> properties) {
        return ClientProperties.discords(properties.keySet(), properties);
    }

    @Test
    void aLoginNeedsAProtocolThatUsesItAndTheOtherWayRound() {
        assertThat(discords(Map.of("security.protocol", "sasl_ssl"))).containsOnlyKeys("sasl.jaas.config");
        assertThat(discords(Map.of("sasl.jaas.config", SCRAM + ";"))).containsOnlyKeys("sasl.jaas.config");
        assertThat(discords(Map.of("security.protocol", "SSL", "sasl.jaas.config", SCRAM + ";")))
                .containsOnlyKeys("sasl.jaas.config");
        assertThat(discords(Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", SCRAM + ";")))
                .isEmpty();
    }

    @Test
    void whatIsWrongByItselfIsNotHeldAgainstTheOthers() {
        assertThat(ClientProperties.discords(Set.of("security.protocol", "sasl.jaas.config"), Map.of()))
                .isEmpty();
        assertThat(ClientProperties.discords(
                        Set.of("security.protocol", "sasl.jaas.config"), Map.of("security.protocol", "SASL_SSL")))
                .isEmpty();
    }

    @Test
    void aMechanismThatIsNotKafkasNeedsAClassThatSpeaksIt() {
        assertThat(discords(Map.of("sasl.mechanism", "SCRAM-SHA512"))).containsOnlyKeys("sasl.mechanism");
        assertThat(discords(Map.of("sasl.mechanism", "SCRAM-SHA-512"))).isEmpty();
        assertThat(discords(Map.of("sasl.mechanism", "OWN", "sasl.client.callback.handler.class", "Own")))
                .isEmpty();
    }
}
