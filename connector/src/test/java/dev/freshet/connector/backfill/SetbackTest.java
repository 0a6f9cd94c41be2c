package dev.freshet.connector.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetbackTest {
    @ParameterizedTest
    @CsvSource({
        // a time-out: fewer keys first, and then nothing helps
        "57014, false, false, TAKE_LESS",
        "57014, false, true, TAKE_LESS",
        "57014, true, false, GIVE_UP",
        "57014, true, true, TRY_LATER",
        // of the condition
        "42601, false, false, GIVE_UP",
        "42703, false, true, TRY_LATER",
        "22P02, false, false, GIVE_UP",
        // what a migration takes away for a while
        "42501, false, false, TRY_LATER",
        "42P01, false, false, TRY_LATER",
        // of the connection
        "08006, false, false, TRY_LATER",
        ", false, false, TRY_LATER"
    })
    void isAnsweredByItsKind(String state, boolean tookLess, boolean isNeeded, Setback setback) {
        assertThat(Setback.of(new SQLException("test", state), tookLess, isNeeded))
                .isEqualTo(setback);
    }
}
