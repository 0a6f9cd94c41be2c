package dev.freshet.write.valkey;

final class WriterOnValkeyTest extends WriterContract {
    WriterOnValkeyTest() {
        super(TestServer.Program.VALKEY);
    }
}
