package dev.freshet.write.valkey;

final class SentPositionsOnOldestServerTest extends SentPositionsContract {
    SentPositionsOnOldestServerTest() {
        super(TestServer.Program.REDIS_6_2);
    }
}
