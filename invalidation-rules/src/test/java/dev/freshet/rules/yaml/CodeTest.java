package dev.freshet.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CodeTest {
    /** Scripts and {@code allow} rely on them: a text may be added here and is never changed. */
    @Test
    void textsAreStable() {
        assertThat(Arrays.stream(Code.values()).map(Code::text))
                .containsExactlyInAnyOrder(
                        "unreadable-file",
                        "too-large",
                        "syntax",
                        "needs-quotes",
                        "custom-tag",
                        "bad-alias",
                        "merge-key",
                        "duplicate-key",
                        "unknown-key",
                        "missing-key",
                        "wrong-kind",
                        "bad-value",
                        "not-supported",
                        "conflicting-keys",
                        "missing-variable",
                        "password-in-url",
                        "bad-include",
                        "duplicate-rule",
                        "nothing-to-do",
                        "bad-expression",
                        "wrong-type",
                        "unknown-table",
                        "unknown-column",
                        "shared-entry-expires",
                        "two-keepers",
                        "shared-key",
                        "reserved-key",
                        "unmatchable-key",
                        "beside-the-key",
                        "quoted-parameter",
                        "no-row",
                        "unknown-edge",
                        "edge-cannot",
                        "unknown-broker",
                        "scan",
                        "all-columns",
                        "constant-key",
                        "secret-column",
                        "colliding-key",
                        "folded-tag",
                        "many-tags",
                        "no-ttl",
                        "unindexed-query",
                        "fan-out",
                        "unfollowed-table",
                        "partition-drop",
                        "evicting-cache",
                        "unmatched-table",
                        "unused");
    }

    @Test
    void aRuleMayAcceptWarningsAndScansAndNothingElse() {
        assertThat(Code.acceptable().stream().map(Code::text))
                .containsExactlyInAnyOrder(
                        "scan",
                        "all-columns",
                        "constant-key",
                        "secret-column",
                        "colliding-key",
                        "folded-tag",
                        "many-tags",
                        "no-ttl",
                        "unindexed-query",
                        "fan-out",
                        "unfollowed-table",
                        "partition-drop",
                        "evicting-cache",
                        "unmatched-table",
                        "unused");
    }
}
