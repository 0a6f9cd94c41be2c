package dev.freshet.connector.debezium;

/**
 * What this process has of a source from the check before start until it is closed, and by which the source can be ended from
 * outside. Any thread.
 *
 * @param hold keeps others from its slot
 * @param sockets of its engine
 * @param signs of life that its engine gives
 */
record Grip(SlotHold hold, SourceSockets sockets, EngineSigns signs) {
    static Grip on(SlotHold hold) {
        return new Grip(hold, SourceSockets.ofNew(), new EngineSigns());
    }

    /** Ends it although its engine may wait for a server that never answers; another one is opened. */
    void giveUp(String reason) {
        hold.revoke(new SlotHold.Revoked(reason, false));
        sockets.cut();
    }

    void close() {
        hold.close();
        sockets.cut();
    }
}
