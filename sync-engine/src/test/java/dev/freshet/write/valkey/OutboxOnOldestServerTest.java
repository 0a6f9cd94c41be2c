package dev.freshet.write.valkey;

final class OutboxOnOldestServerTest extends OutboxContract {
    OutboxOnOldestServerTest() {
        super(TestServer.Program.REDIS_6_2);
    }
}
