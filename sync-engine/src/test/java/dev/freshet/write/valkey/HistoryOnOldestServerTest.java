package dev.freshet.write.valkey;

final class HistoryOnOldestServerTest extends HistoryContract {
    HistoryOnOldestServerTest() {
        super(TestServer.Program.REDIS_6_2);
    }
}
