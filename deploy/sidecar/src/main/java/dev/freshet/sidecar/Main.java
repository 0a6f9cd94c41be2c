package dev.freshet.sidecar;

import dev.freshet.sidecar.command.CheckCommand;
import dev.freshet.sidecar.command.CommandFailedException;
import dev.freshet.sidecar.command.ExplainCommand;
import dev.freshet.sidecar.command.GetCommand;
import dev.freshet.sidecar.command.ProductVersion;
import dev.freshet.sidecar.command.RunCommand;
import dev.freshet.sidecar.command.SchemaCommand;
import dev.freshet.sidecar.demo.DemoCommand;
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
            RunCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            GetCommand.class,
            SchemaCommand.class,
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
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
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
}
