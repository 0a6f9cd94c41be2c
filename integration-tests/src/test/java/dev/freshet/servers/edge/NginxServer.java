package dev.freshet.servers.edge;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** nginx, with the module that purges; what it cached stays until the server is closed. */
public final class NginxServer extends EdgeServer {
    private static final Path EXAMPLE = Path.of("../deploy/examples/nginx/freshet.conf");
    private static final EdgeProgram PROGRAM = new EdgeProgram("nginx", "nginx libnginx-mod-http-cache-purge");
    private static final Pattern MODULES = Pattern.compile("--modules-path=(\\S+)");

    private final Installed installed;

    /** The program, and the module that it loads. */
    private record Installed(Path program, Path module) {}

    private NginxServer(Installed installed) {
        super("nginx");
        this.installed = installed;
    }

    /** With the file that users are shown. */
    public static NginxServer before(Origin origin) {
        return before(origin, EXAMPLE);
    }

    /** With a file for {@code conf.d} that has one cache, one server and one backend, wherever it says they are. */
    public static NginxServer before(Origin origin, Path conf) {
        var server = new NginxServer(installed().orElseThrow(() -> PROGRAM.missing(System.getenv())));
        ExampleFile.read(conf)
                .with("listen [^;]+;", "listen %s:%d;".formatted(server.host(), server.port()))
                .with("proxy_pass [^;]+;", "proxy_pass http://%s:%d;".formatted(origin.host(), origin.port()))
                .with("proxy_cache_path \\S+", "proxy_cache_path cache")
                .write(server.directory().resolve("edge.conf"));
        new ExampleFile(server.around()).write(server.main());
        server.launch();
        return server;
    }

    private static Optional<Installed> installed() {
        return PROGRAM.find()
                .flatMap(program -> EdgeProgram.says(program, "-V").stream()
                        .flatMap(said -> MODULES.matcher(said).results())
                        .map(NginxServer::module)
                        .filter(Files::exists)
                        .map(module -> new Installed(program, module))
                        .findFirst());
    }

    private static Path module(MatchResult path) {
        return Path.of(path.group(1), "ngx_http_cache_purge_module.so");
    }

    /** What Debian's own nginx.conf says around such a file, for a process that keeps to its directory. */
    private String around() {
        var user = new UnixSystem().getUid() == 0 ? "user root;" : "";
        return """
                load_module %s;
                %s
                daemon off;
                worker_processes 1;
                pid nginx.pid;
                error_log stderr;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    include edge.conf;
                }
                """.formatted(installed.module(), user);
    }

    private Path main() {
        return directory().resolve("nginx.conf");
    }

    @Override
    List<String> command() {
        return List.of(
                installed.program().toString(), "-p", directory().toString(), "-c", main().toString(), "-e", "stderr");
    }
}
