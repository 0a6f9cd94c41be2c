package dev.freshet.write.valkey;

final class WeatherOnOldestServerTest extends WeatherContract {
    WeatherOnOldestServerTest() {
        super(TestServer.Program.REDIS_6_2);
    }
}
