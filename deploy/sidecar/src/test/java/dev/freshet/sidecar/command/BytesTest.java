package dev.freshet.sidecar.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1023, 1023 bytes",
        "1024, 1.0KB",
        "1536, 1.5KB",
        "1048575, 1.0MB",
        "21474836480, 20.0GB",
        "9223372036854775807, 8388608.0TB"
    })
    void aNumberOfBytesIsShort(long bytes, String text) {
        assertThat(Bytes.text(bytes)).isEqualTo(text);
    }
}
