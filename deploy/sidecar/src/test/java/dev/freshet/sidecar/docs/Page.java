package dev.freshet.sidecar.docs;

import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.SchemaFile;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Problem;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.settings.SidecarFile;
import dev.freshet.settings.SidecarSettings;
import dev.freshet.sidecar.cases.CaseFile;
import dev.freshet.sidecar.cases.CaseRun;
import dev.freshet.sidecar.cases.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page whose examples are files: a {@code yaml} block is one, or a part of one that is filled up. {@code text} behind it says
 * what is wrong with it; without that nothing is, and there is no warning either. A block of {@code cases} is judged by the
 * rules of the block before it. {@code sql} makes the tables.
 */
final class Page {
    private static final String FILE = "freshet.yaml";
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final Variables VARIABLES = new Variables(name -> "secret", path -> {
        if (path.startsWith("/run/secrets")) {
            return KEY + "\n";
        }
        throw new NoSuchFileException(path.toString());
    });

    private final List<Fence> fences;
    private final Catalog catalog;
    private final Path folder;

    private Page(List<Fence> fences, Catalog catalog, Path folder) {
        this.fences = fences;
        this.catalog = catalog;
        this.folder = folder;
    }

    /** {@code folder} is for the files. */
    static Page read(Path file, Path folder) throws IOException {
        List<Fence> fences = Fence.of(file);
        String sql = String.join(
                "\n",
                fences.stream()
                        .filter(fence -> fence.language().equals("sql"))
                        .map(Fence::text)
                        .toList());
        Catalog catalog = CreatedTables.in(sql);
        Files.writeString(folder.resolve(SchemaFile.NAME), SchemaFile.write(catalog));
        Files.createDirectories(folder.resolve("rules"));
        Files.writeString(
                folder.resolve("rules/other.yaml"),
                "rules: {other: {table: public.product, invalidate: [{key: \"other:{id}\"}]}}");
        return new Page(fences, catalog, folder);
    }

    /** What was tried, and what of it is not as the page says. */
    record Tried(int files, int cases, List<String> wrong) {}

    Tried tried() throws IOException {
        List<String> wrong = new ArrayList<>();
        int files = 0;
        int cases = 0;
        for (int i = 0; i < fences.size(); i++) {
            Fence fence = fences.get(i);
            if (!fence.language().equals("yaml")) {
                continue;
            }
            if (fence.has("cases")) {
                cases++;
                wrong.addAll(judged(fence));
            } else {
                files++;
                Fence next = i + 1 < fences.size() ? fences.get(i + 1) : fence;
                List<String> expected =
                        next.language().equals("text") && next.text().startsWith(FILE)
                                ? next.text().lines().toList()
                                : List.of();
                List<String> said = problems(fence);
                if (!said.equals(expected)) {
                    wrong.add("line " + fence.line() + ": expected " + expected + ", found " + said);
                }
            }
        }
        return new Tried(files, cases, wrong);
    }

    private List<String> judged(Fence cases) throws IOException {
        Path file = Files.writeString(folder.resolve("page-test.yaml"), cases.text());
        return switch (CaseFile.read(file)) {
            case CaseFile.Read.Wrong wrong ->
                wrong.problems().stream()
                        .map(problem -> "line " + cases.line() + ": " + problem)
                        .toList();
            case CaseFile.Read.Right right -> {
                CaseRun run = CaseRun.of(right, name -> true, () -> 0);
                yield run.failed() == 0
                        ? List.of()
                        : List.of("line " + cases.line() + ": " + String.join("\n", TextReport.of(List.of(run))));
            }
        };
    }

    /** The settings of the one example that says this, and of the shortest file that says nothing. */
    List<SidecarSettings> settings(String said) throws IOException {
        Fence saying = fences.stream()
                .filter(fence -> fence.language().equals("yaml") && fence.text().contains(said))
                .findFirst()
                .orElseThrow();
        return List.of(settings(saying), settings(new Fence(0, "yaml", "")));
    }

    private SidecarSettings settings(Fence fence) throws IOException {
        return switch (load(fence)) {
            case Loading.Loaded<SidecarSettings> loaded -> loaded.settings();
            case Loading.Refused<SidecarSettings> refused -> throw new AssertionError(refused.problems());
        };
    }

    private Loading<SidecarSettings> load(Fence fence) throws IOException {
        return SidecarFile.load(Files.writeString(folder.resolve(FILE), whole(fence)), VARIABLES, catalog);
    }

    private List<String> problems(Fence fence) throws IOException {
        List<Problem> problems = switch (load(fence)) {
            case Loading.Loaded<SidecarSettings> loaded -> loaded.warnings();
            case Loading.Refused<SidecarSettings> refused -> refused.problems();
        };
        return problems.stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    /** With what a reader of the page knows to be there; behind its own text, so that lines stay where they are. */
    private static String whole(Fence fence) {
        StringBuilder whole = new StringBuilder(fence.text());
        add(whole, fence, "source", "{type: postgresql, url: \"postgresql://localhost/shop\", user: freshet}");
        add(whole, fence, "cache", "{url: \"redis://localhost\"}");
        if (!fence.has("include")) {
            add(
                    whole,
                    fence,
                    "rules",
                    "{any: {table: public.product, invalidate: [{key: \"any:{id}\"}]"
                            + (fence.has("edges") ? ", purge: [{tag: \"any-{id}\"}]" : "") + "}}");
        }
        if (fence.text().contains("purge:") && fence.has("rules")) {
            add(
                    whole,
                    fence,
                    "edges",
                    "{site: {type: fastly, service: s, token: t}, pages: {type: varnish, nodes: [\"http://localhost\"]}}");
        }
        if (fence.text().contains("hmac(")) {
            add(whole, fence, "keys", "{hmac: \"${file:/run/secrets/hmac}\"}");
        }
        return whole.toString();
    }

    private static void add(StringBuilder whole, Fence fence, String key, String value) {
        if (!fence.has(key)) {
            whole.append(key).append(": ").append(value).append('\n');
        }
    }
}
