package dev.freshet.write.valkey;

final class WeatherOnValkeyTest extends WeatherContract {
    WeatherOnValkeyTest() {
        super(TestServer.Program.VALKEY);
    }
}
