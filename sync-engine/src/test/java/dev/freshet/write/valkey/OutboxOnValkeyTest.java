package dev.freshet.write.valkey;

final class OutboxOnValkeyTest extends OutboxContract {
    OutboxOnValkeyTest() {
        super(TestServer.Program.VALKEY);
    }
}
