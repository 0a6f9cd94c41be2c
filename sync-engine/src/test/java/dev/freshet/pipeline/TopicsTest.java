package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private static final Topics SHOP = new Topics(Map.of("shop.b", "Bq_-1==", "shop.a", "A1"));

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(SHOP.text()).isEqualTo("shop.a=A1 shop.b=Bq_-1==");
        assertThat(Topics.read(SHOP.text())).isEqualTo(SHOP);
        assertThat(Topics.read(new Topics(Map.of()).text())).isEqualTo(new Topics(Map.of()));
    }

    @Test
    void aTopicWithAnotherIdWasMadeAgain() {
        assertThat(SHOP.madeAgain(new Topics(Map.of("shop.a", "A1", "shop.b", "B2"))))
                .contains("shop.b");
    }

    @Test
    void oneThatIsNewOrGoneWasNot() {
        assertThat(SHOP.madeAgain(new Topics(Map.of("shop.a", "A1", "shop.c", "C1"))))
                .isEmpty();
    }

    @Test
    void whatWasThereOnceIsRememberedWithItsId() {
        Topics all = SHOP.and(new Topics(Map.of("shop.a", "A2", "shop.c", "C1")));

        assertThat(all.ids()).isEqualTo(Map.of("shop.a", "A1", "shop.b", "Bq_-1==", "shop.c", "C1"));
    }
}
