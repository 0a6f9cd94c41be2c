package dev.freshet.rules.yaml;

import dev.freshet.rules.RowPut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One key has one keeper: Freshet, by one put or by puts that share it part by part, or the application. */
final class Keepers {
    private static final String STREAM = "a stream has a key of its own";
    private static final String OR = "a key is either put or invalidated";

    private static final String ONE_WAY = "a key is put from its row or by a query";

    private final Problems problems;
    private final List<Claim> puts = new ArrayList<>();
    private final List<Claim> shares = new ArrayList<>();
    private final List<Claim> invalidations = new ArrayList<>();
    private final List<Claim> prefixes = new ArrayList<>();
    private final List<Asked> queries = new ArrayList<>();
    private final List<Claim> streams = new ArrayList<>();

    Keepers(Problems problems) {
        this.problems = problems;
    }

    /**
     * What one rule does with keys.
     *
     * @param isQueried whether a query fills the entries; any row that names one of them has it filled
     */
    private record Claim(
            NamingRows rows, Node.Scalar scalar, KeyText key, Optional<RowPut.Shared> form, boolean isQueried) {
        static Claim of(NamingRows rows, Node.Scalar scalar, KeyText key) {
            return new Claim(rows, scalar, key, Optional.empty(), false);
        }

        boolean sharesTableWith(Claim other) {
            return rows.shareTableWith(other.rows);
        }

        /** Rows of one table tell their keys apart by the expressions, all others only by the text between them. */
        private boolean isToldByExpressions(Claim other) {
            return sharesTableWith(other) && isOfItsRow() && other.isOfItsRow();
        }

        private boolean isOfItsRow() {
            return !rows.areFound() && !isQueried;
        }

        boolean sharesKeyWith(Claim other) {
            return isToldByExpressions(other)
                    ? key.normal().equals(other.key.normal())
                    : key.shape().equals(other.key.shape());
        }

        /** As far as can be told before any row is seen. */
        boolean beginsWith(Claim prefix) {
            return isToldByExpressions(prefix)
                    ? key.normal().startsWith(prefix.key.normal())
                    : key.shape().startsWith(prefix.key.shape());
        }
    }

    private record Asked(Claim claim, String meaning) {}

    void put(NamingRows rows, Node.Scalar scalar, KeyText key) {
        Claim claim = Claim.of(rows, scalar, key);
        first(puts, claim, other -> true)
                .ifPresent(other -> report(claim, "is put by " + holder(other) + " already; a key has one put"));
        first(shares, claim, other -> true)
                .ifPresent(other -> report(claim, "is shared by rows of " + holder(other) + "; nobody owns it whole"));
        reportQueried(claim, ONE_WAY);
        reportInvalidated(claim);
        puts.add(claim);
    }

    /**
     * Several rules may put one key by a query, since what is asked follows from the key: the same thing then.
     *
     * @param meaning equal for puts that do the same for the same key
     */
    void queried(NamingRows rows, Node.Scalar scalar, KeyText key, String meaning) {
        Claim claim = new Claim(rows, scalar, key, Optional.empty(), true);
        Stream.concat(puts.stream(), shares.stream())
                .filter(claim::sharesKeyWith)
                .findFirst()
                .ifPresent(other -> report(claim, "is put from a row by " + holder(other) + "; " + ONE_WAY));
        queries.stream()
                .filter(other ->
                        claim.sharesKeyWith(other.claim()) && !other.meaning().equals(meaning))
                .findFirst()
                .ifPresent(other -> report(
                        claim,
                        "is put otherwise by " + holder(other.claim())
                                + "; puts of one key by a query must agree in everything"));
        reportInvalidated(claim);
        queries.add(new Asked(claim, meaning));
    }

    private void reportQueried(Claim claim, String what) {
        queries.stream()
                .map(Asked::claim)
                .filter(claim::sharesKeyWith)
                .findFirst()
                .ifPresent(other -> report(claim, "is put by the query of " + holder(other) + "; " + what));
    }

    void shared(NamingRows rows, Node.Scalar scalar, KeyText key, RowPut.Shared form) {
        Claim claim = new Claim(rows, scalar, key, Optional.of(form), false);
        first(puts, claim, other -> true)
                .ifPresent(other -> report(claim, "is put whole by " + holder(other) + "; it cannot be shared"));
        for (Claim other : shares) {
            if (claim.sharesKeyWith(other)) {
                other.form()
                        .flatMap(theirs -> conflict(form, theirs, claim.sharesTableWith(other), holder(other)))
                        .ifPresent(what -> report(claim, what));
            }
        }
        reportQueried(claim, ONE_WAY);
        reportInvalidated(claim);
        shares.add(claim);
    }

    void invalidated(NamingRows rows, Node.Scalar scalar, KeyText key) {
        Claim claim = Claim.of(rows, scalar, key);
        first(puts, claim, other -> true).ifPresent(other -> report(claim, "is put by " + holder(other) + "; " + OR));
        first(shares, claim, other -> true).ifPresent(other -> report(claim, "is put by " + holder(other) + "; " + OR));
        reportQueried(claim, OR);
        reportStream(claim);
        invalidations.add(claim);
    }

    /** A stream grows and is never put; rules may share one. */
    void stream(NamingRows rows, Node.Scalar scalar, KeyText key) {
        Claim claim = Claim.of(rows, scalar, key);
        reportQueried(claim, STREAM);
        Stream.of(puts, shares, invalidations)
                .flatMap(List::stream)
                .filter(claim::sharesKeyWith)
                .findFirst()
                .ifPresent(other -> report(claim, "is kept by " + holder(other) + "; " + STREAM));
        prefixes.stream()
                .filter(claim::beginsWith)
                .findFirst()
                .ifPresent(other -> report(claim, "begins with the prefix of " + holder(other) + "; " + STREAM));
        streams.add(claim);
    }

    void invalidatedPrefix(NamingRows rows, Node.Scalar scalar, KeyText prefix) {
        Claim claim = Claim.of(rows, scalar, prefix);
        Stream.of(puts.stream(), shares.stream(), queries.stream().map(Asked::claim))
                .flatMap(each -> each)
                .filter(put -> put.beginsWith(claim))
                .findFirst()
                .ifPresent(put -> problems.atValue(
                        scalar,
                        Code.TWO_KEEPERS,
                        "the key '" + put.scalar().text() + "', put by " + holder(put) + ", begins so; " + OR));
        streams.stream()
                .filter(stream -> stream.beginsWith(claim))
                .findFirst()
                .ifPresent(stream -> problems.atValue(
                        scalar,
                        Code.TWO_KEEPERS,
                        "the stream '" + stream.scalar().text() + "' of " + holder(stream) + " begins so; " + STREAM));
        prefixes.add(claim);
    }

    private void reportStream(Claim claim) {
        first(streams, claim, other -> true)
                .ifPresent(other -> report(claim, "is the stream of " + holder(other) + "; " + STREAM));
    }

    private void reportInvalidated(Claim claim) {
        reportStream(claim);
        first(invalidations, claim, other -> true)
                .ifPresent(other -> report(claim, "is invalidated by " + holder(other) + "; " + OR));
        prefixes.stream()
                .filter(claim::beginsWith)
                .findFirst()
                .ifPresent(other -> report(claim, "begins with the prefix of " + holder(other) + "; " + OR));
    }

    /** Why two puts cannot share one key, if they cannot. */
    private static Optional<String> conflict(
            RowPut.Shared mine, RowPut.Shared theirs, boolean sameTable, String holder) {
        if (!kind(mine).equals(kind(theirs))) {
            return Optional.of("is " + kind(theirs) + " by " + holder + "; a key holds one kind of entry");
        }
        if (mine instanceof RowPut.AsMergedHash some && theirs instanceof RowPut.AsMergedHash others) {
            return some.fields().stream()
                    .filter(others.fields()::contains)
                    .findFirst()
                    .map(field -> "has its field '" + field + "' from " + holder + " already; a field has one put");
        }
        boolean sameMember =
                sameTable && member(mine).isPresent() && member(mine).equals(member(theirs));
        return sameMember
                ? Optional.of("has the same member from " + holder + " already; a member has one put")
                : Optional.empty();
    }

    private static String kind(RowPut.Shared form) {
        return switch (form) {
            case RowPut.AsMergedHash merged -> "a hash";
            case RowPut.AsHashField field -> "a hash";
            case RowPut.AsSetMember set -> "a set";
            case RowPut.AsSortedSetMember sorted -> "a sorted set";
        };
    }

    private static Optional<String> member(RowPut.Shared form) {
        return switch (form) {
            case RowPut.AsMergedHash merged -> Optional.empty();
            case RowPut.AsHashField field ->
                Optional.of(KeyText.of(field.member()).normal());
            case RowPut.AsSetMember set -> Optional.of(KeyText.of(set.member()).normal());
            case RowPut.AsSortedSetMember sorted ->
                Optional.of(KeyText.of(sorted.member()).normal());
        };
    }

    private static Optional<Claim> first(List<Claim> claims, Claim claim, Predicate<Claim> further) {
        return claims.stream().filter(claim::sharesKeyWith).filter(further).findFirst();
    }

    private void report(Claim claim, String what) {
        problems.atValue(
                claim.scalar(), Code.TWO_KEEPERS, "the key '" + claim.scalar().text() + "' " + what);
    }

    private static String holder(Claim claim) {
        return claim.scalar().spot().path() + " at " + claim.scalar().spot().value();
    }
}
