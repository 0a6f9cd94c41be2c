package dev.freshet.servers.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dev.freshet.servers.Eventually;
import dev.freshet.servers.process.FreePort;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/** A container that can die and come back: its port on this machine is chosen here, so that it stays the same. */
final class ServerContainer implements AutoCloseable {
    private static final Duration TO_ANSWER = Duration.ofMinutes(2);
    private static final Duration TO_STOP = Duration.ofMinutes(1);

    private final int port = FreePort.find();
    private final String host = DockerClientFactory.instance().dockerHostIpAddress();
    private final GenericContainer<?> container;

    ServerContainer(String image, int innerPort, Map<String, String> environment, String... command) {
        var binding = new PortBinding(boundTo(host, port), ExposedPort.tcp(innerPort));
        container = new GenericContainer<>(DockerImageName.parse(image))
                .withExposedPorts(innerPort)
                .withEnv(environment)
                .withCommand(command)
                .withCreateContainerCmdModifier(create ->
                        create.withHostConfig(Objects.requireNonNullElseGet(create.getHostConfig(), HostConfig::new)
                                .withPortBindings(binding)))
                .waitingFor(new NoWait());
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    boolean isRunning() {
        return Boolean.TRUE.equals(engine().inspectContainerCmd(container.getContainerId())
                .exec()
                .getState()
                .getRunning());
    }

    /** Creates the container, or starts it again, and waits until the server answers. */
    void start(Eventually.Assertion answers) {
        if (container.getContainerId() == null) {
            container.start();
        } else {
            engine().startContainerCmd(container.getContainerId()).exec();
        }
        Eventually.eventually(TO_ANSWER, () -> {
            if (!isRunning()) {
                throw new Eventually.HopelessException("the container ended:\n%s".formatted(container.getLogs()));
            }
            answers.check();
        });
    }

    void stop(String signal) {
        engine().killContainerCmd(container.getContainerId()).withSignal(signal).exec();
        awaitEnd();
    }

    void kill() {
        engine().killContainerCmd(container.getContainerId()).exec();
        awaitEnd();
    }

    void pause() {
        engine().pauseContainerCmd(container.getContainerId()).exec();
    }

    void resume() {
        engine().unpauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void close() {
        container.close();
    }

    private void awaitEnd() {
        Eventually.eventually(TO_STOP, () -> {
            if (isRunning()) {
                throw new AssertionError("the container still runs");
            }
        });
    }

    private static DockerClient engine() {
        return DockerClientFactory.lazyClient();
    }

    /** A local engine opens the port on loopback alone. */
    private static Ports.Binding boundTo(String host, int port) {
        return host.equals("localhost") ? Ports.Binding.bindIpAndPort("127.0.0.1", port) : Ports.Binding.bindPort(port);
    }

    /** The caller knows when its server answers, at the first start as at all others. */
    private static final class NoWait extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }
}
