package dev.freshet.write.valkey;

final class MessagesOnOldestServerTest extends MessagesContract {
    MessagesOnOldestServerTest() {
        super(TestServer.Program.REDIS_6_2);
    }
}
