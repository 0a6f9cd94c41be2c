package dev.freshet.servers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Freshet's command line, to be run as a process of its own.
 *
 * @param main the class that starts it
 * @param arguments as typed after {@code freshet}
 * @param environment set beside what this JVM was given, sorted by name
 * @param isLasting whether it runs as long, and as fast, as one of a user's
 */
public record FreshetCommand(
        String main, List<String> arguments, SequencedMap<String, String> environment, boolean isLasting) {
    private static final String MAIN = "dev.freshet.sidecar.Main";

    public FreshetCommand {
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableSequencedMap(new TreeMap<>(environment));
    }

    public static FreshetCommand freshet(String... arguments) {
        return new FreshetCommand(MAIN, List.of(arguments), new TreeMap<>(), false);
    }

    public FreshetCommand with(String argument) {
        var more = new ArrayList<>(arguments);
        more.add(argument);
        return new FreshetCommand(main, more, environment, isLasting);
    }

    public FreshetCommand withEnvironment(String name, String value) {
        var more = new TreeMap<>(environment);
        more.put(name, value);
        return new FreshetCommand(main, arguments, more, isLasting);
    }

    /** Started by another class, which must be on the class path of the tests. */
    public FreshetCommand startedBy(Class<?> starter) {
        return new FreshetCommand(starter.getName(), arguments, environment, isLasting);
    }

    /** For minutes: every compiler is worth its time. */
    public FreshetCommand lasting() {
        return new FreshetCommand(main, arguments, environment, true);
    }

    public FreshetProcess start() {
        return FreshetProcess.start(this);
    }
}
