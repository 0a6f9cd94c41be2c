package dev.freshet.write.valkey;

final class FoundOnOldestServerTest extends FoundContract {
    FoundOnOldestServerTest() {
        super(TestServer.Program.REDIS_6_2);
    }
}
