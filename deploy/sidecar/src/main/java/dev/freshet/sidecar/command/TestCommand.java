package dev.freshet.sidecar.command;

import dev.freshet.rules.yaml.Problem;
import dev.freshet.sidecar.cases.CaseFile;
import dev.freshet.sidecar.cases.CaseRun;
import dev.freshet.sidecar.cases.JsonReport;
import dev.freshet.sidecar.cases.JunitReport;
import dev.freshet.sidecar.cases.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet test}: a user's own cases against the rules. */
@Command(
        name = "test",
        description =
                "Runs test files: given a change, what the rules must make of it. Needs no database and no cache.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        footer = {
            "",
            "A test file:",
            "  config: freshet.yaml",
            "  cases:",
            "    - name: a new price is written",
            "      given:",
            "        table: public.product",
            "        update: {row: {id: 17, name: Pen, price: 19.90}, set: {price: 21.00}}",
            "      expect:",
            "        written:",
            "          - {key: \"product:17\", value: {id: 17, name: Pen, price: 21.00}, ttl: none}",
            "What is not expected must not happen, unless expect has also: anything. expect: nothing is for a change that",
            "must do nothing. explain --change --json prints what happens in the same words.",
            "",
            "Examples:",
            "  freshet test rules-test.yaml",
            "  freshet test rules/*-test.yaml --junit target/freshet.xml",
            "",
            "Exit codes: 0 every case passed, 1 a case failed, 2 a file is wrong."
        })
public final class TestCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Test files.")
    private List<Path> files = List.of();

    @Option(
            names = {"-t", "--only"},
            paramLabel = "NAME",
            description = "Runs the cases alone whose names hold this text.")
    private String only = "";

    @Option(names = "--junit", paramLabel = "FILE", description = "Also writes the result as JUnit's XML.")
    private @Nullable Path junit;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<CaseRun> runs = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files) {
            switch (CaseFile.read(file)) {
                case CaseFile.Read.Right right -> runs.add(CaseRun.of(right, this::isWanted, System::nanoTime));
                case CaseFile.Read.Wrong wrong -> problems.addAll(wrong.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw CommandFailedException.invalid(ConfigOption.lines(problems));
        }
        if (runs.stream().mapToInt(CaseRun::cases).sum() == 0) {
            throw CommandFailedException.invalid(List.of("--only " + only + ": no case has this in its name"));
        }
        if (junit != null) {
            write(junit, JunitReport.of(runs));
        }
        print(runs);
        return runs.stream().mapToLong(CaseRun::failed).sum() == 0 ? 0 : FAILED;
    }

    private boolean isWanted(String name) {
        return name.contains(only);
    }

    private void print(List<CaseRun> runs) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonReport.of(runs));
        } else {
            TextReport.of(runs).forEach(out::println);
        }
        out.flush();
    }

    private static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw CommandFailedException.failed(file + ": cannot be written (" + e.getMessage() + ")");
        }
    }
}
