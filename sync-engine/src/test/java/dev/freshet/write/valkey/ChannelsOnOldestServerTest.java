package dev.freshet.write.valkey;

final class ChannelsOnOldestServerTest extends ChannelsContract {
    ChannelsOnOldestServerTest() {
        super(TestServer.Program.REDIS_6_2);
    }
}
