package dev.freshet.servers.local;

import dev.freshet.servers.Server;
import dev.freshet.servers.process.Signal;

/** A server that is one process of this machine, on a loopback port. Which command starts it is its own. */
public abstract class ProcessServer implements Server {
    protected final ServerProcess process;

    /** @param name stands in its directory's name */
    protected ProcessServer(String name) {
        process = new ServerProcess(name);
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return process.port();
    }

    @Override
    public boolean isRunning() {
        return process.isRunning();
    }

    @Override
    public void stop() {
        process.stop(Signal.TERM);
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void pause() {
        process.pause();
    }

    @Override
    public void resume() {
        process.resume();
    }

    @Override
    public void close() {
        process.close();
    }
}
