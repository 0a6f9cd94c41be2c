package dev.freshet.write.valkey;

final class FoundOnValkeyTest extends FoundContract {
    FoundOnValkeyTest() {
        super(TestServer.Program.VALKEY);
    }
}
