package dev.freshet.write.valkey;

final class SharedOnOldestServerTest extends SharedContract {
    SharedOnOldestServerTest() {
        super(TestServer.Program.REDIS_6_2);
    }
}
