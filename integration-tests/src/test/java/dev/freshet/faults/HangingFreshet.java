package dev.freshet.faults;

import dev.freshet.assembly.Casing;
import dev.freshet.plan.Operation;
import dev.freshet.sidecar.Main;
import dev.freshet.write.Sweeping;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import dev.freshet.write.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Freshet as it is, but for a write that never returns once a file is there. */
final class HangingFreshet implements Casing {
    static final String VARIABLE = "FRESHET_HANGS_WHERE";

    private HangingFreshet() {}

    public static void main(String[] args) {
        Main.main(new HangingFreshet(), args);
    }

    @Override
    public Writer around(Writer writer) {
        Path file = Path.of(System.getenv(VARIABLE));
        return new Writer() {
            @Override
            public List<WriteResult> write(List<Operation> operations, Terms terms) throws InterruptedException {
                if (Files.exists(file)) {
                    new CountDownLatch(1).await();
                }
                return writer.write(operations, terms);
            }

            @Override
            public Sweeping sweeping(List<Operation.Scan> sweeps) {
                return writer.sweeping(sweeps);
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }
}
