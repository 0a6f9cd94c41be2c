package dev.freshet.write.valkey;

final class HistoryOnValkeyTest extends HistoryContract {
    HistoryOnValkeyTest() {
        super(TestServer.Program.VALKEY);
    }
}
