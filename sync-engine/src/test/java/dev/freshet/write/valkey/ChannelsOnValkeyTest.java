package dev.freshet.write.valkey;

final class ChannelsOnValkeyTest extends ChannelsContract {
    ChannelsOnValkeyTest() {
        super(TestServer.Program.VALKEY);
    }
}
