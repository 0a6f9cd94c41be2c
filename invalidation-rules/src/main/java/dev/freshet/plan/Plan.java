package dev.freshet.plan;

import java.util.List;

/**
 * Everything one change means.
 *
 * @param operations in the order in which they take effect: writes before removals of other keys
 * @param failures what could not be planned; a put that fails has a removal of its key among the operations instead,
 *     where the key was known
 * @param fanOuts what the database has to be asked before more is known
 */
public record Plan(List<Operation> operations, List<Failure> failures, List<FanOut> fanOuts) {
    public static final Plan NOTHING = new Plan(List.of(), List.of(), List.of());
}
