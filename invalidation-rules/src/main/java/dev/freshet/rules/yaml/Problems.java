package dev.freshet.rules.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every problem found so far, over all files of one load. Confined to the loading thread. */
public final class Problems {
    private final List<Problem> all = new ArrayList<>();
    private long errors;

    public void add(Problem problem) {
        all.add(problem);
        errors += problem.isError() ? 1 : 0;
    }

    /** A problem of a node's value. */
    public void atValue(Node node, Code code, String message) {
        add(Problem.atValue(node.spot(), code, message));
    }

    /** A problem of a node as a whole, shown at its key. */
    public void atName(Node node, Code code, String message) {
        add(Problem.atName(node.spot(), code, message));
    }

    /** A key of a map that is unknown there, with the spelling to take instead, if there is one. */
    public void unknownName(Node node, Code code, String message, Optional<String> nearest) {
        add(Problem.atName(node.spot(), code, message).suggestingSpelling(nearest));
    }

    /** How many errors there are: a reader that sees the number grow has read something that cannot be used. */
    public long errors() {
        return errors;
    }

    /** Takes over what was found in a part, without what is accepted there. */
    void addAll(Problems part, Set<Code> accepted) {
        part.all.stream().filter(problem -> !accepted.contains(problem.code())).forEach(this::add);
    }

    /** Errors and warnings in the order of their places. */
    public List<Problem> sorted() {
        return all.stream().sorted().distinct().toList();
    }
}
