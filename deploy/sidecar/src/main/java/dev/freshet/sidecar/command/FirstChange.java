package dev.freshet.sidecar.command;

import dev.freshet.observe.PipelineListener;
import dev.freshet.plan.Operation;
import dev.freshet.write.WriteResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Says once that it works: the first change that reached the cache, and how long that took. */
final class FirstChange implements PipelineListener {
    private final PrintWriter out;
    private boolean told;

    FirstChange(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void written(List<Operation> operations, List<WriteResult> results, Instant at) {
        for (int i = 0; !told && i < operations.size(); i++) {
            boolean streamed = operations.get(i).version().position() != 0;
            if (streamed
                    && operations.get(i) instanceof Operation.OnEntry operation
                    && results.get(i) instanceof WriteResult.Applied) {
                told = true;
                double millis = Duration.between(operation.committedAt(), at).toNanos() / 1e6;
                String what = switch (operation) {
                    case Operation.Put put -> "fresh";
                    case Operation.Refresh refresh -> "asked for";
                    case Operation.PutFound put -> "fresh";
                    case Operation.RemoveFound remove -> "removed";
                    case Operation.Remove remove -> "removed";
                    case Operation.Invalidate invalidate -> "invalidated";
                };
                out.printf(Locale.ROOT, "%s %s after %.1f ms%n", operation.key(), what, Math.max(0, millis));
                out.flush();
            }
        }
    }
}
