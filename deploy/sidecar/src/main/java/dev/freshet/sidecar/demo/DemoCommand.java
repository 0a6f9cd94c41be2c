package dev.freshet.sidecar.demo;

import dev.freshet.sidecar.command.ProductVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code demo}: exits 0 when it ran to its end, 1 when a part of it failed, 2 on wrong usage. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        description = {
            "Shows a cache with a TTL beside a cache kept by Freshet, over one database.",
            "Starts PostgreSQL, a cache server and Freshet on this machine, lets shopkeepers write and readers read, "
                    + "and counts stale reads: those that show an older revision than was committed when they began. "
                    + "Leaves nothing behind."
        },
        footer = {"", "Exit codes: 0 it ran to its end, 1 a part of it failed, 2 wrong usage."})
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long traffic lasts, such as 20s; until Ctrl-C if left out.")
    private @Nullable Duration length;

    @Option(names = "--json", description = "Print nothing but the totals, as one JSON object.")
    private boolean json;

    @Option(
            names = "--break",
            paramLabel = "PART",
            description = "Kill cache or freshet (kill -9) half way, after 10 s at the latest, and start it again.")
    private @Nullable String victim;

    @Option(
            names = "--writers",
            paramLabel = "N",
            defaultValue = "4",
            description = "Writers, each with a connection (${DEFAULT-VALUE}).")
    private int writers;

    @Option(
            names = "--readers",
            paramLabel = "N",
            defaultValue = "4",
            description = "Readers, each with a connection (${DEFAULT-VALUE}).")
    private int readers;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Commits a second, of all writers (${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--rules", description = "Print the rule file that the demo runs with, and end.")
    private boolean rules;

    @Override
    public Integer call() {
        var settings = settings();
        if (rules) {
            System.out.print(RuleFile.example());
            return CommandLine.ExitCode.OK;
        }
        Logs.silence();
        return new Demo(settings, System.out, System.err).run();
    }

    private DemoSettings settings() {
        require(length == null || length.isPositive(), "--for must be longer than nothing");
        require(writers >= 1 && writers <= 32, "--writers must be 1 to 32");
        require(readers >= 1 && readers <= 32, "--readers must be 1 to 32");
        require(rate >= 1 && rate <= 20_000, "--rate must be 1 to 20000");
        return new DemoSettings(Optional.ofNullable(length), json, part(), writers, readers, rate);
    }

    private Optional<Victim> part() {
        if (victim == null) {
            return Optional.empty();
        }
        for (var part : Victim.values()) {
            if (part.toString().equals(victim)) {
                return Optional.of(part);
            }
        }
        throw wrong("--break must be cache or freshet");
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw wrong(message);
        }
    }

    private RuntimeException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
