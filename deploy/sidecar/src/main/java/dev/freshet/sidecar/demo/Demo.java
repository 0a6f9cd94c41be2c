package dev.freshet.sidecar.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One run of the demo, on the command's thread: starts the parts, lets traffic run, shows the figures, and ends everything
 * it started, whatever happens.
 */
final class Demo {
    private static final int FAILED = 1;
    private static final int INTERRUPTED = 130;

    /** A Ctrl-C reaches the children as well, and may be seen there first. */
    private static final Duration TO_HEAR_OF_THE_SAME_SIGNAL = Duration.ofMillis(500);

    private final DemoSettings settings;
    private final PrintStream out;
    private final PrintStream notes;
    private final Steps steps;

    Demo(DemoSettings settings, PrintStream out, PrintStream notes) {
        this.settings = settings;
        this.out = out;
        this.notes = notes;
        this.steps = new Steps(notes);
    }

    int run() {
        Optional<StopSignal> signal = Optional.empty();
        try (var leftovers = new Leftovers()) {
            var listening = StopSignal.on(leftovers);
            signal = Optional.of(listening);
            return run(leftovers, listening);
        } catch (IOException e) {
            notes.println("freshet demo: cannot make a directory for temporary files: " + e.getMessage());
            return FAILED;
        } finally {
            signal.ifPresent(StopSignal::cleaned);
        }
    }

    private int run(Leftovers leftovers, StopSignal signal) {
        try {
            start(leftovers, signal);
            return 0;
        } catch (InterruptedException e) {
            return INTERRUPTED;
        } catch (IOException | SQLException | DemoException | RuntimeException e) {
            if (heard(signal)) {
                return INTERRUPTED;
            }
            notes.println("freshet demo: " + e.getMessage());
            return FAILED;
        } finally {
            signal.leaving();
        }
    }

    private static boolean heard(StopSignal signal) {
        try {
            return signal.within(TO_HEAR_OF_THE_SAME_SIGNAL);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void start(Leftovers leftovers, StopSignal signal)
            throws IOException, SQLException, DemoException, InterruptedException {
        var random = new SplittableRandom();
        var passwords = Passwords.random();
        var screen = Screen.of(out, settings.json());
        var database = steps.take(
                "starting PostgreSQL",
                () -> PostgresServer.start(leftovers, FreePort.find(random), passwords.database()));
        var server = steps.take(
                "starting a cache server",
                () -> CacheServer.start(leftovers, FreePort.find(random), passwords.cache()));
        try (var cache = steps.take("connecting to it", () -> CacheConnection.open(server))) {
            var shop = steps.take("filling the shop's tables", () -> Shop.open(database));
            try (var origins = steps.take("serving the shop's pages", () -> Origins.open(random, cache, database));
                    var edges = steps.take(
                            "starting an edge in front of them", () -> Edges.start(leftovers, random, origins))) {
                notes.printf("edge: %s%n", edges.make());
                var admin = new AdminClient(FreePort.find(random));
                var ports = new RuleFile.Ports(
                        database.port(), server.port(), edges.freshet().port(), admin.port());
                var freshet = FreshetProcess.start(leftovers, RuleFile.of(ports), passwords, admin);
                notes.printf("rules: %s%n", freshet.ruleFile());
                steps.act("starting Freshet", freshet::awaitBack);
                Breakable victim = settings.victim().equals(Optional.of(Victim.FRESHET))
                        ? freshet
                        : new KeptCache(server, cache, shop);
                var breakage = settings.victim().map(part -> new Breakage(part, victim));
                signal.running();
                var parts = new Parts(database, server, cache, shop, edges, freshet, breakage);
                new Showing(settings, parts, screen, signal, steps).run();
            }
        }
    }
}
