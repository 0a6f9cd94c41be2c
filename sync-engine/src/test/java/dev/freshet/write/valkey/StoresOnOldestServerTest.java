package dev.freshet.write.valkey;

final class StoresOnOldestServerTest extends StoresContract {
    StoresOnOldestServerTest() {
        super(TestServer.Program.REDIS_6_2);
    }
}
