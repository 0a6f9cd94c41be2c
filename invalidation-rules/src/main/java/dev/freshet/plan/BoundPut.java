package dev.freshet.plan;

import dev.freshet.rules.RowPut;
import dev.freshet.rules.expression.ReadColumns;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A row put as it applies to one table, and everything that can be told of it before a row is seen: planning happens for every
 * change.
 *
 * @param keyPath where its key stands in the rule, for failures; the other paths as well
 */
record BoundPut(
        RowPut put,
        ReadColumns columns,
        ReadColumns keyColumns,
        ReadColumns tagColumns,
        String keyPath,
        String valuePath,
        String memberPath,
        String scorePath,
        String expiryPath,
        List<String> tagPaths) {
    static BoundPut of(RowPut put, int index) {
        String path = "put[" + index + "]";
        return new BoundPut(
                put,
                put.columns(),
                new ReadColumns.Only(put.key().columns()),
                new ReadColumns.Only(put.tags().stream()
                        .flatMap(tag -> tag.columns().stream())
                        .collect(Collectors.toUnmodifiableSet())),
                path + ".key",
                path + ".value",
                path + ".member",
                path + ".score",
                path + ".expire_at",
                IntStream.range(0, put.tags().size())
                        .mapToObj(i -> path + ".tags[" + i + "]")
                        .toList());
    }
}
