package dev.freshet.sidecar;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What a command that was typed answered.
 *
 * @param code its exit code
 */
record Typed(int code, String output, String errors) {
    static Typed freshet(String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine freshet = Main.commandLine()
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return new Typed(freshet.execute(arguments), output.toString(), errors.toString());
    }
}
