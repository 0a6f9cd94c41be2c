package dev.freshet.write.valkey;

final class MessagesOnValkeyTest extends MessagesContract {
    MessagesOnValkeyTest() {
        super(TestServer.Program.VALKEY);
    }
}
