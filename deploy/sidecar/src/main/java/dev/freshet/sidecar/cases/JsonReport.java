package dev.freshet.sidecar.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.sidecar.outcome.Difference;
import java.util.List;

/** How cases ended, for programs. */
public final class JsonReport {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonReport() {}

    /** {@code {"cases": 2, "failed": 1, "files": [{"file": ..., "cases": [{"name": ..., "passed": ...}]}]}}. */
    public static JsonNode of(List<CaseRun> runs) {
        ObjectNode all = NODES.objectNode();
        all.put("cases", runs.stream().mapToInt(CaseRun::cases).sum());
        all.put("failed", runs.stream().mapToLong(CaseRun::failed).sum());
        ArrayNode files = all.putArray("files");
        for (CaseRun run : runs) {
            ObjectNode file = files.addObject();
            file.put("file", run.file().toString());
            ArrayNode cases = file.putArray("cases");
            run.verdicts().forEach(each -> add(cases.addObject(), each.verdict()));
        }
        return all;
    }

    private static void add(ObjectNode to, Verdict verdict) {
        to.put("name", verdict.of().name());
        to.put("line", verdict.of().place().line());
        to.put("column", verdict.of().place().column());
        to.put("passed", verdict.passed());
        ArrayNode missing = to.putArray("missing");
        verdict.missing().forEach(each -> missing.add(each.toJson()));
        ArrayNode differing = to.putArray("differing");
        for (Verdict.Differing each : verdict.differing()) {
            ObjectNode one = differing.addObject();
            one.set("found", each.found().toJson());
            ArrayNode differences = one.putArray("differences");
            each.differences().forEach(difference -> add(differences.addObject(), difference));
        }
        ArrayNode unexpected = to.putArray("unexpected");
        verdict.unexpected().forEach(each -> unexpected.add(each.toJson()));
    }

    private static void add(ObjectNode to, Difference difference) {
        to.put("path", difference.path());
        difference.expected().ifPresent(value -> to.set("expected", value));
        difference.found().ifPresent(value -> to.set("found", value));
    }
}
