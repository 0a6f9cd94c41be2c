package dev.freshet.servers.containers;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** The container engine of this machine, if it has one. */
public final class ContainerEngine {
    private ContainerEngine() {}

    /**
     * Whether an engine answers. Where none is configured and no usual socket is served this is known at once and without
     * a word in the log; Testcontainers is asked only after that.
     */
    public static boolean answers() {
        boolean configured = System.getenv("DOCKER_HOST") != null;
        return (configured || sockets().anyMatch(ContainerEngine::isServed))
                && DockerClientFactory.instance().isDockerAvailable();
    }

    private static Stream<Path> sockets() {
        var home = Path.of(System.getProperty("user.home"));
        var runtime = Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR")).map(Path::of);
        return Stream.concat(
                Stream.of(
                        Path.of("/var/run/docker.sock"),
                        home.resolve(".docker/run/docker.sock"),
                        home.resolve(".docker/desktop/docker.sock")),
                runtime.stream().map(directory -> directory.resolve("docker.sock")));
    }

    private static boolean isServed(Path socket) {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException nobodyThere) {
            return false;
        }
    }
}
