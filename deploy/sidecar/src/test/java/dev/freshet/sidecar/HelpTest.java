package dev.freshet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What is printed for somebody who asks for help. */
class HelpTest {
    @Test
    void theListOfCommandsTellsOfEachInWholeSentences() {
        CommandLine freshet = Main.commandLine();
        String list = freshet.getHelp().commandList().replaceAll("\\s+", " ");

        assertThat(freshet.getSubcommands()).hasSizeGreaterThan(5).allSatisfy((name, command) -> {
            assertThat(list).contains(summary(command));
            assertThat(summary(command)).endsWith(".");
        });
    }

    @Test
    void everyCommandTellsItsExitCodes() {
        CommandLine freshet = Main.commandLine();

        freshet.getSubcommands()
                .forEach((name, command) -> assertThat(command.getUsageMessage().replaceAll("\\s+", " "))
                        .as(name)
                        .matches(name.equals("help") ? ".*" : ".*Exit codes: 0 .*\\b2 .*"));
    }

    /** As picocli takes it: the first text of the first of them that there is. */
    private static String summary(CommandLine command) {
        UsageMessageSpec message = command.getCommandSpec().usageMessage();
        return Stream.of(message.header(), message.description())
                .filter(texts -> texts.length > 0)
                .findFirst()
                .orElseThrow()[0];
    }
}
