package dev.freshet.pipeline;

import dev.freshet.change.TableId;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.TableForm;
import java.util.Map;
import java.util.Optional;

/**
 * What some batches one after the other let be stored, once they are done.
 *
 * @param checkpoint behind the last
 * @param forms of the last that has some
 * @param isRead whether behind one of them no more rows came that were there before
 */
record Progress(Checkpoint checkpoint, Optional<Map<TableId, TableForm>> forms, boolean isRead) {
    static Progress of(Batch batch) {
        return new Progress(batch.checkpoint(), batch.forms(), !batch.isReading());
    }

    Progress then(Progress later) {
        return new Progress(later.checkpoint, later.forms.or(() -> forms), isRead || later.isRead);
    }
}
