package dev.freshet.sidecar;

import dev.freshet.assembly.Casing;
import dev.freshet.sidecar.command.BackfillCommand;
import dev.freshet.sidecar.command.CheckCommand;
import dev.freshet.sidecar.command.CommandFailedException;
import dev.freshet.sidecar.command.DeadLetterCommand;
import dev.freshet.sidecar.command.EdgesCommand;
import dev.freshet.sidecar.command.ExplainCommand;
import dev.freshet.sidecar.command.GetCommand;
import dev.freshet.sidecar.command.InitCommand;
import dev.freshet.sidecar.command.PlanCommand;
import dev.freshet.sidecar.command.ProductVersion;
import dev.freshet.sidecar.command.ResyncCommand;
import dev.freshet.sidecar.command.RunCommand;
import dev.freshet.sidecar.command.SchemaCommand;
import dev.freshet.sidecar.command.TagsCommand;
import dev.freshet.sidecar.command.TestCommand;
import dev.freshet.sidecar.command.UninstallCommand;
import dev.freshet.sidecar.demo.DemoCommand;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.TimeZone;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The {@code freshet} command. */
@Command(
        name = "freshet",
        description = "Keeps caches true: follows a database's changes and makes the cache say the same.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            RunCommand.class,
            BackfillCommand.class,
            ResyncCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            PlanCommand.class,
            TestCommand.class,
            TagsCommand.class,
            EdgesCommand.class,
            GetCommand.class,
            DeadLetterCommand.class,
            SchemaCommand.class,
            UninstallCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or an invalid file, 3 done, and something was found.",
            "Begin with: freshet demo"
        })
public final class Main {
    private Main() {}

    /** Ends the process with the command's exit code. */
    public static void main(String[] args) {
        main(Casing.NONE, args);
    }

    /** The same with something around the parts of a running sidecar. */
    public static void main(Casing casing, String[] args) {
        liveNowhere();
        System.exit(commandLine(casing).execute(args));
    }

    /**
     * What is read of a database must not depend on where this runs. The driver reads times in the default time zone, some of
     * which have hours that do not exist, and has the database write them in it; Debezium's decoder knows years before Christ
     * by their name in the default language.
     */
    private static void liveNowhere() {
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
        Locale.setDefault(Locale.ENGLISH);
    }

    static CommandLine commandLine() {
        return commandLine(Casing.NONE);
    }

    private static CommandLine commandLine(Casing casing) {
        return new CommandLine(new Main(), new Making(casing))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    if (e instanceof CommandFailedException failed) {
                        failed.lines().forEach(line.getErr()::println);
                        return failed.exitCode();
                    }
                    e.printStackTrace(line.getErr());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /** How commands come to be. */
    private record Making(Casing casing) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type == RunCommand.class
                    ? type.cast(new RunCommand(casing))
                    : CommandLine.defaultFactory().create(type);
        }
    }
}
