package dev.freshet.sidecar.command;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A person who can be asked. */
final class Terminal {
    private Terminal() {}

    /** The line that was typed; empty where nobody is there to type one. */
    static Optional<String> ask(String question) {
        Console console = console();
        return console == null ? Optional.empty() : Optional.ofNullable(console.readLine("%s", question));
    }

    /** Up to Java 21 there is a console only where there is a terminal; later ones have to be asked whether it is one. */
    @SuppressWarnings("SystemConsoleNull") // the oldest Java that runs this returns null
    private static @Nullable Console console() {
        Console console = System.console();
        if (console == null) {
            return null;
        }
        try {
            Object isTerminal = Console.class.getMethod("isTerminal").invoke(console);
            return Boolean.TRUE.equals(isTerminal) ? console : null;
        } catch (NoSuchMethodException java21) {
            return console;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a public method that throws nothing", e);
        }
    }
}
