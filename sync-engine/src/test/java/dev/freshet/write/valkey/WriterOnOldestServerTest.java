package dev.freshet.write.valkey;

final class WriterOnOldestServerTest extends WriterContract {
    WriterOnOldestServerTest() {
        super(TestServer.Program.REDIS_6_2);
    }
}
