package dev.freshet.assembly;

import dev.freshet.checkpoint.CheckpointStore;
import dev.freshet.pipeline.Queries;
import dev.freshet.pipeline.SourceOpener;
import dev.freshet.write.Writer;

/**
 * What stands between a running sidecar's pipeline and the parts it works with: nothing, unless whoever starts it from code
 * puts something there, to watch or to disturb it. Each method is asked once a run.
 */
public interface Casing {
    Casing NONE = new Casing() {};

    default SourceOpener around(SourceOpener sources) {
        return sources;
    }

    default Queries around(Queries queries) {
        return queries;
    }

    default Writer around(Writer writer) {
        return writer;
    }

    default CheckpointStore around(CheckpointStore checkpoints) {
        return checkpoints;
    }
}
