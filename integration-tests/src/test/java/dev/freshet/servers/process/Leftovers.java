package dev.freshet.servers.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What must not outlive this JVM: its child processes, and then the directories they wrote to. */
final class Leftovers {
    private static final Set<ChildProcess> PROCESSES = ConcurrentHashMap.newKeySet();
    private static final Set<TemporaryDirectory> DIRECTORIES = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::remove, "leftovers"));
    }

    private Leftovers() {}

    static void add(ChildProcess process) {
        PROCESSES.add(process);
    }

    static void forget(ChildProcess process) {
        PROCESSES.remove(process);
    }

    static void add(TemporaryDirectory directory) {
        DIRECTORIES.add(directory);
    }

    static void forget(TemporaryDirectory directory) {
        DIRECTORIES.remove(directory);
    }

    private static void remove() {
        PROCESSES.forEach(ChildProcess::kill);
        DIRECTORIES.forEach(TemporaryDirectory::close);
    }
}
