package dev.freshet.pipeline;

import dev.freshet.change.Change;
import dev.freshet.change.SourcePosition;
import java.util.List;

/**
 * Changes in delivery order, and the position that is safe once all of them (and all before them) are applied.
 *
 * @param changes may be empty: a heartbeat moves the position alone
 * @param position from where to go on when this batch is done
 */
public record Batch(List<Change> changes, SourcePosition position) {}
