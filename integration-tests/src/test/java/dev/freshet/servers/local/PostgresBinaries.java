package dev.freshet.servers.local;

import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.process.TemporaryDirectory;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once a machine and user into the directory for temporary files, where any user may read
 * them. The newest release is a dependency; an older one lies on the class path as the archive that it was published in.
 */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** The directory that holds {@code bin}, {@code lib} and {@code share}. */
    static synchronized Path home(PostgresRelease release) {
        try {
            var archive = archive(release);
            var home = unpackedHere().resolve("postgresql-%d-%s".formatted(release.major(), digest(archive)));
            if (!Files.exists(home)) {
                unpack(archive, home);
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] archive(PostgresRelease release) throws IOException {
        return switch (release) {
            case V18 -> {
                try (var archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                        System.getProperty("os.name"), System.getProperty("os.arch"))) {
                    yield archive.readAllBytes();
                }
            }
            case V15 -> innerArchive("/postgresql-15.jar");
        };
    }

    private static byte[] innerArchive(String jar) throws IOException {
        try (var resource = PostgresBinaries.class.getResourceAsStream(jar)) {
            if (resource == null) {
                throw new FileNotFoundException("%s is not on the class path; the build puts it there".formatted(jar));
            }
            var entries = new ZipInputStream(resource);
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().endsWith(".txz")) {
                    return entries.readAllBytes();
                }
            }
            throw new FileNotFoundException("no archive in %s".formatted(jar));
        }
    }

    private static Path unpackedHere() throws IOException {
        var user = System.getProperty("user.name");
        var directory = Path.of(System.getProperty("java.io.tmpdir"), "freshet-servers-" + user);
        Files.createDirectories(directory);
        if (!Files.getOwner(directory).getName().equals(user)) {
            throw new FileSystemException(directory.toString(), null, "belongs to another user");
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory;
    }

    /** Unpacks beside the target and renames, so that the target is whole from the moment it is there. */
    private static void unpack(byte[] archive, Path home) throws IOException {
        var unfinished = Files.createTempDirectory(home.getParent(), "unfinished-");
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(entry, tar, unfinished);
            }
        }
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException anotherWasFaster) {
            TemporaryDirectory.deleteTree(unfinished);
        }
        if (!Files.exists(home)) {
            throw new FileNotFoundException("could not be unpacked: %s".formatted(home));
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        var file = root.resolve(entry.getName()).normalize();
        if (!file.startsWith(root)) {
            throw new FileSystemException(entry.getName(), null, "leads out of the archive");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(file, root.resolve(entry.getLinkName()));
        } else {
            Files.copy(content, file);
            var executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static String digest(byte[] archive) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
