package dev.freshet.sidecar.demo;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How to run PostgreSQL, which refuses to run as root.
 *
 * @param prefix the words before the command, which replace themselves by it: the process started is the program itself
 * @param owner whom the server's files must belong to, where that is not the user of this process
 */
record Unprivileged(List<String> prefix, Optional<String> owner) {
    private static final Unprivileged AS_IS = new Unprivileged(List.of(), Optional.empty());

    /** A user namespace, in which root is nobody in particular and still owns the files that root made. */
    private static final Unprivileged BY_NAMESPACE =
            new Unprivileged(List.of("unshare", "--user", "--"), Optional.empty());

    /** Another user, for machines where root may not make a user namespace, as in many containers. */
    private static final Unprivileged BY_USER = new Unprivileged(
            List.of("setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups", "--"), Optional.of("nobody"));

    static Unprivileged here() throws InterruptedException {
        if (new UnixSystem().getUid() != 0) {
            return AS_IS;
        }
        return BY_NAMESPACE.works() ? BY_NAMESPACE : BY_USER;
    }

    List<String> command(Path program, List<String> arguments) {
        return Stream.of(prefix, List.of(program.toString()), arguments)
                .flatMap(List::stream)
                .toList();
    }

    void handOver(Path file) throws IOException {
        if (owner.isPresent()) {
            var users = file.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(file, users.lookupPrincipalByName(owner.get()));
        }
    }

    private boolean works() throws InterruptedException {
        try {
            var trial = new ProcessBuilder(command(Path.of("true"), List.of()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return trial.waitFor(10, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
