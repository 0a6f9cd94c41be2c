package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.SlotHash;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SlotTagsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "product:1",
                "foo}bar",
                "{}x",
                "x{}{y}",
                "{a}b",
                "{{a}}",
                "{a",
                "a}",
                "}{",
                "{",
                "}",
                "{}",
                "ä{ö}"
            })
    void everyKeyAndItsCompanionShareASlot(String key) {
        byte[] fence = SlotTags.fenceOf(key.getBytes(UTF_8));

        assertThat(SlotHash.getSlot(fence)).isEqualTo(SlotHash.getSlot(key.getBytes(UTF_8)));
        assertThat(new String(fence, UTF_8)).endsWith("}" + key);
        assertThat(SlotTags.isFence(fence)).isTrue();
    }

    @Test
    void everySlotHasAShortTagOfItsOwn() {
        Random random = new Random(4711);
        byte[] key = new byte[8];
        for (int i = 0; i < 300_000; i++) {
            random.nextBytes(key);
            byte[] fence = SlotTags.fenceOf(key);
            assertThat(fence.length).isBetween(key.length + 3, key.length + 5);
            if (SlotHash.getSlot(fence) != SlotHash.getSlot(key)) {
                throw new AssertionError("slot " + SlotHash.getSlot(key) + " has the tag of another");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"product:1, {06S}product:1", "a, {a}a", "{}x, {4LC}{}x"})
    void theNamesNeverChange(String key, String fence) {
        assertThat(new String(SlotTags.fenceOf(key.getBytes(UTF_8)), UTF_8)).isEqualTo(fence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"product:1", "{a}product:1", "{42}", "{}x", "{", "", "a{a}a"})
    void aKeyIsNotTakenForAFence(String key) {
        assertThat(SlotTags.isFence(key.getBytes(UTF_8))).isFalse();
    }
}
