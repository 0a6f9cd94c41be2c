package dev.freshet.message;

import java.util.List;

/** Takes messages to where they go. Used by one thread. */
public interface Courier extends AutoCloseable {
    /**
     * Sends messages, to each address in their order, and returns when every one is answered, within some seconds. None of them arrives
     * after that: what is sent behind does not get before it.
     *
     * @return one answer a message, in the same order; never shorter
     */
    List<Answer> send(List<Message> messages) throws InterruptedException;

    @Override
    void close();
}
