package dev.freshet.servers.local;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How to run a program that refuses to run as root.
 *
 * @param prefix the words before the command; each of them replaces itself with the command, so that the process that is
 *     started is the program itself
 * @param owner whom the program's files must belong to, where that is not the user of this JVM
 */
record Unprivileged(List<String> prefix, Optional<String> owner) {
    /** No prefix: this JVM is not root. */
    static final Unprivileged AS_IS = new Unprivileged(List.of(), Optional.empty());

    /** A user namespace in which root is nobody in particular, and still owns the files that root made. */
    static final Unprivileged BY_NAMESPACE = new Unprivileged(List.of("unshare", "--user", "--"), Optional.empty());

    /** Another user, for machines where root may not make a user namespace. */
    static final Unprivileged BY_USER = new Unprivileged(
            List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"), Optional.of("nobody"));

    static Unprivileged here() {
        if (new UnixSystem().getUid() != 0) {
            return AS_IS;
        }
        return BY_NAMESPACE.works() ? BY_NAMESPACE : BY_USER;
    }

    List<String> command(Path program, Stream<String> arguments) {
        return Stream.of(prefix.stream(), Stream.of(program.toString()), arguments)
                .flatMap(words -> words)
                .toList();
    }

    void handOver(Path file) {
        if (owner.isEmpty()) {
            return;
        }
        try {
            var users = file.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(file, users.lookupPrincipalByName(owner.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean works() {
        try {
            var trial = new ProcessBuilder(command(Path.of("true"), Stream.empty()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return trial.waitFor(10, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
