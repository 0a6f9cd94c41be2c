package dev.freshet.rules.yaml;

import dev.freshet.rules.TableSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One key has one keeper: Freshet, by one put, or the application. */
final class Keepers {
    private static final String OR = "a key is either put or invalidated";

    private final Problems problems;
    private final List<Claim> puts = new ArrayList<>();
    private final List<Claim> invalidations = new ArrayList<>();

    Keepers(Problems problems) {
        this.problems = problems;
    }

    private record Claim(List<TableSelector> tables, Node.Scalar scalar, KeyText key) {
        boolean sharesTableWith(Claim other) {
            return tables.stream().anyMatch(mine -> other.tables.stream().anyMatch(mine::overlaps));
        }

        /** On one table the expressions tell keys apart, on two tables only the text between them does. */
        boolean sharesKeyWith(Claim other) {
            return sharesTableWith(other)
                    ? key.normal().equals(other.key.normal())
                    : key.shape().equals(other.key.shape());
        }
    }

    void put(List<TableSelector> tables, Node.Scalar scalar, KeyText key) {
        Claim claim = new Claim(tables, scalar, key);
        first(puts, claim, claim::sharesTableWith)
                .ifPresent(other -> report(claim, "is put by " + holder(other) + " already; a key has one put"));
        first(invalidations, claim, other -> true)
                .ifPresent(other -> report(claim, "is invalidated by " + holder(other) + "; " + OR));
        puts.add(claim);
    }

    void invalidated(List<TableSelector> tables, Node.Scalar scalar, KeyText key) {
        Claim claim = new Claim(tables, scalar, key);
        first(puts, claim, other -> true).ifPresent(other -> report(claim, "is put by " + holder(other) + "; " + OR));
        invalidations.add(claim);
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
