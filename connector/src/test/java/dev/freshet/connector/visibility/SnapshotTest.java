package dev.freshet.connector.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Transactions;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {
    /** The log tells the lower 32 bits of an id; a turn has 4,294,967,296 of them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100:110:104,106 | 99 | true",
                "100:110:104,106 | 100 | true",
                "100:110:104,106 | 104 | false",
                "100:110:104,106 | 105 | true",
                "100:110:104,106 | 109 | true",
                "100:110:104,106 | 110 | false",
                "100:110:104,106 | 111 | false",
                "110:110: | 109 | true",
                "110:110: | 110 | false",
                "4294967290:4294967300:4294967298 | 4294967289 | true",
                "4294967290:4294967300:4294967298 | 4294967295 | true",
                "4294967290:4294967300:4294967298 | 1 | true",
                "4294967290:4294967300:4294967298 | 2 | false",
                "4294967290:4294967300:4294967298 | 4 | false",
                "4294967290:4294967294: | 3 | false",
                "8589934600:8589934600: | 4294967290 | true",
                "8589934600:8589934600: | 7 | true",
                "8589934600:8589934600: | 8 | false"
            })
    void showsWhatHadEndedWhenItWasTaken(String snapshot, long lowerBits, boolean shown) {
        assertThat(Snapshot.parse(snapshot).shows(new Transactions(Set.of(lowerBits))))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100:110:104,106 | 99 | true",
                "100:110:104,106 | 100 | false",
                "100:110:104,106 | 105 | false",
                "4294967290:4294967300: | 4294967289 | true",
                "4294967290:4294967300: | 1 | false",
                "8589934600:8589934600: | 4294967290 | true",
                "8589934600:8589934600: | 8 | false"
            })
    void showsAllUpToOneWhereNoneOfThemRan(String snapshot, long lowerBits, boolean shown) {
        assertThat(Snapshot.parse(snapshot).shows(Transactions.NONE.andAllUpTo(lowerBits)))
                .isEqualTo(shown);
    }
}
