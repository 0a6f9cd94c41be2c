package dev.freshet.write.valkey;

final class SentPositionsOnValkeyTest extends SentPositionsContract {
    SentPositionsOnValkeyTest() {
        super(TestServer.Program.VALKEY);
    }
}
