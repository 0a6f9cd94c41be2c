package dev.freshet.servers.edge;

import dev.freshet.servers.process.TemporaryDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Varnish; what it cached is gone when it ends. */
public final class VarnishServer extends EdgeServer {
    private static final Path EXAMPLE = Path.of("../deploy/examples/varnish/freshet.vcl");
    private static final EdgeProgram PROGRAM = new EdgeProgram("varnishd", "varnish varnish-modules gcc libc6-dev");

    private final Path program;

    /** Looked for once a JVM: it takes a second to see whether the module and the compiler are there too. */
    private static final class Installed {
        static final Optional<Path> WHOLE = PROGRAM.find().filter(VarnishServer::compiles);
    }

    private VarnishServer(Path program) {
        super("varnish");
        this.program = program;
    }

    /** With the VCL that users are shown. */
    public static VarnishServer before(Origin origin) {
        return before(origin, EXAMPLE);
    }

    /** With a VCL whose first backend is the origin, whatever it says itself. */
    public static VarnishServer before(Origin origin, Path vcl) {
        var server = new VarnishServer(Installed.WHOLE.orElseThrow(() -> PROGRAM.missing(System.getenv())));
        ExampleFile.read(vcl)
                .with("\\.host = \"[^\"]*\"", ".host = \"%s\"".formatted(origin.host()))
                .with("\\.port = \"[^\"]*\"", ".port = \"%d\"".formatted(origin.port()))
                .write(server.vcl());
        server.launch();
        return server;
    }

    private static boolean compiles(Path program) {
        try (var directory = TemporaryDirectory.create("freshet-varnish-trial-")) {
            var vcl = directory.resolve("trial.vcl");
            new ExampleFile("vcl 4.1; import xkey; backend default none;").write(vcl);
            var work = directory.resolve("work").toString();
            return EdgeProgram.says(program, "-C", "-j", "none", "-n", work, "-f", vcl.toString())
                    .isPresent();
        }
    }

    private Path vcl() {
        return directory().resolve("edge.vcl");
    }

    @Override
    List<String> command() {
        return List.of(
                program.toString(),
                "-F",
                "-j",
                "none",
                "-n",
                directory().resolve("work").toString(),
                "-a",
                host() + ":" + port(),
                "-T",
                "none",
                "-f",
                vcl().toString(),
                "-s",
                "malloc,32m",
                "-p",
                "vsl_space=4m",
                "-p",
                "thread_pool_min=10");
    }
}
