package dev.freshet.write.valkey;

final class StoresOnValkeyTest extends StoresContract {
    StoresOnValkeyTest() {
        super(TestServer.Program.VALKEY);
    }
}
