package dev.freshet.plan;

import static dev.freshet.plan.Catalogue.ROW;
import static dev.freshet.plan.Catalogue.delete;
import static dev.freshet.plan.Catalogue.insert;
import static dev.freshet.plan.Catalogue.plan;
import static dev.freshet.plan.Catalogue.told;
import static dev.freshet.plan.Catalogue.truncate;
import static dev.freshet.plan.Catalogue.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Unknown;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TagsAndExpiryTest {
    private static final String TAGGED = """
            rules:
              r:
                table: public.product
                where: status == "live"
                put:
                  - key: "{slug}:page"
                    as: json
                    value: [price]
                    ttl: none
                    tags: ["topic-{topics}", "category-{category_id}"]
            """;
    private static final String EXPIRING = """
            rules:
              r: {table: public.product, put: [{key: "p:{id}", as: json, value: [id], expire_at: until}]}
            """;

    @Test
    void anEntryStandsUnderTheTagsOfItsRow() {
        assertThat(told(insert(ROW), TAGGED)).containsExactly("put pen:page +category-7 +topic-ink +topic-office");
    }

    @Test
    void anEntryLeavesTheTagsThatNoLongerFollow() {
        assertThat(told(update(ROW, ROW.with("topics", List.of("office", "art"))), TAGGED))
                .containsExactly("put pen:page +category-7 +topic-art +topic-office -topic-ink");
    }

    @Test
    void anEntryThatGoesLeavesAllItsTags() {
        assertThat(told(delete(ROW), TAGGED)).containsExactly("remove pen:page -category-7 -topic-ink -topic-office");
        assertThat(told(update(ROW, ROW.with("status", "draft")), TAGGED))
                .containsExactly("remove pen:page -category-7 -topic-ink -topic-office");
    }

    @Test
    void underAnotherKeyTheOldEntryLeavesAndTheNewOneJoins() {
        assertThat(told(update(ROW, ROW.with("slug", "biro")), TAGGED))
                .containsExactly(
                        "put biro:page +category-7 +topic-ink +topic-office",
                        "remove pen:page -category-7 -topic-ink -topic-office");
    }

    @Test
    void anEntryUnderANewKeyHasNoTagsToLeave() {
        assertThat(told(update(ROW, ROW.with("slug", "biro").with("topics", List.of("art"))), TAGGED))
                .containsExactly(
                        "put biro:page +category-7 +topic-art", "remove pen:page -category-7 -topic-ink -topic-office");
    }

    @Test
    void aTruncateFindsAKeyThatBeginsWithAnExpressionByItsTags() {
        assertThat(told(truncate(), TAGGED))
                .containsExactly(
                        "sweep \\A(?:.*):page\\z tagged \\Atopic-(?:.*)\\z",
                        "sweep \\A(?:.*):page\\z tagged \\Acategory-(?:-?[0-9]+)\\z");
    }

    @Test
    void anEntryExpiresWhenItsRowSays() {
        for (Object moment : List.of(
                Instant.parse("2026-12-01T00:00:00Z"),
                LocalDateTime.of(2026, 12, 1, 0, 0),
                LocalDate.of(2026, 12, 1))) {
            assertThat(expiry(moment)).isEqualTo(new Expiry.At(Instant.parse("2026-12-01T00:00:00Z")));
        }
        assertThat(expiry(null)).isEqualTo(new Expiry.Never());
    }

    @Test
    void aLaterMomentIsWritten() {
        assertThat(told(update(ROW, ROW.with("until", Instant.MAX)), EXPIRING)).containsExactly("put p:3");
    }

    @Test
    void aMomentThatIsNoneIsAFailureAndTheEntryGoes() {
        for (Object moment : Arrays.<Object>asList("tomorrow", 5L, Unknown.VALUE)) {
            Plan plan = plan(insert(ROW.with("until", moment)), EXPIRING);

            assertThat(Words.of(plan)).containsExactly("remove p:3");
            assertThat(plan.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.path()).isEqualTo("put[0].expire_at"));
        }
    }

    private static Expiry expiry(@Nullable Object moment) {
        return ((Operation.Put) plan(insert(ROW.with("until", moment)), EXPIRING)
                        .operations()
                        .getFirst())
                .expiry();
    }
}
