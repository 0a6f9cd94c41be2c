package dev.freshet.write.valkey;

final class SharedOnValkeyTest extends SharedContract {
    SharedOnValkeyTest() {
        super(TestServer.Program.VALKEY);
    }
}
