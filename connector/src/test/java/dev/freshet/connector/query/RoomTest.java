package dev.freshet.connector.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {
    @Test
    void bytesFillIt() {
        Room room = new Room(100);
        room.take(60);
        assertThat(room.isFull()).isFalse();

        room.take(60);

        assertThat(room.isFull()).isTrue();
    }

    @Test
    void aShareIsAPartOfIt() {
        Room share = new Room(100).share(4);
        share.take(24);
        assertThat(share.isFull()).isFalse();

        share.take(1);

        assertThat(share.isFull()).isTrue();
    }

    @Test
    void rowsFillIt() {
        Room room = new Room(Long.MAX_VALUE);
        for (int i = 0; i < 20_000; i++) {
            assertThat(room.isFull()).isFalse();
            room.take(1);
        }

        assertThat(room.isFull()).isTrue();
    }
}
