package dev.freshet.rules.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
    /** Parameters are shown between angle brackets. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "select 1; select 1",
                "select {id}; select <id>",
                "select {id}, { id }, {id + 1}; select <id>, <id>, <id + 1>",
                "select '{id}', {id}; select '{id}', <id>",
                "select 'it''s {id}'; select 'it''s {id}'",
                "select E'\\'{id}', {id}; select E'\\'{id}', <id>",
                "select type'\\', {id}; select type'\\', <id>",
                "select \"{id}\" from t where a = {id}; select \"{id}\" from t where a = <id>",
                "select $${id}$$, {id}; select $${id}$$, <id>",
                "select $a${id}$$ $a$, {id}; select $a${id}$$ $a$, <id>",
                "select a$b$, {id}; select a$b$, <id>",
                "select /* {id} /* ' */ */ {id}; select <id>",
                "select {row[\"a}b\"]}; select <row[\"a}b\"]>",
                "(select {id}); (select <id>)",
                "WITH x as (select 1) select {id} from x; WITH x as (select 1) select <id> from x"
            })
    void whatIsQuotedOrACommentHoldsNoParameters(String source, String expected) {
        assertThat(query(source)
                        .text(parameter -> "<" + parameter.source().strip() + ">")
                        .replaceAll(" +", " "))
                .isEqualTo(expected);
    }

    @Test
    void aCommentToTheEndOfTheLineEndsThere() {
        assertThat(query("select 1 -- {id} '\n, {id}").text(Expression::source)).isEqualTo("select 1 , id");
    }

    @Test
    void namesBetweenBracesInQuotesAreToldOf() {
        assertThat(query("select '{id}', '{p.id} {1,2}', \"{ a }\" from t where x = {id}")
                        .quoted())
                .containsExactly(new Query.Quoted(8, "id"), new Query.Quoted(16, "p.id"), new Query.Quoted(32, "a"));
    }

    @Test
    void aParameterThatStandsTwiceIsBoundOnce() {
        Query query = query("select {id}, {name}, {id}");

        assertThat(query.parameters()).extracting(Expression::source).containsExactly("id", "name");
        assertThat(query.pieces().stream().filter(Query.Parameter.class::isInstance))
                .containsExactly(new Query.Parameter(0, 8), new Query.Parameter(1, 14), new Query.Parameter(0, 22));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "select {id; 7; '{' without '}'",
                "select id}; 9; '}' without '{'",
                "select {}; 7; there is no expression",
                "select {lowr(name)}; 8; unknown function 'lowr'",
                "select 'a; 7; a text in quotes begins here and does not end",
                "select \"a; 7; a name in quotes begins here",
                "select $x$ a $$; 7; a text in dollars begins here",
                "select /* /* */; 7; a comment begins here",
                "update t set a = {id}; 0; begins with select or with",
                "'select'; 0; begins with select or with",
            })
    void aMistakeIsShownWhereItIs(String source, int offset, String message) {
        assertThat(Query.compile(source, View.ROW)).isInstanceOfSatisfying(Compiled.Refused.class, refused -> {
            SyntaxProblem problem = (SyntaxProblem) refused.problems().getFirst();
            assertThat(problem.message()).contains(message);
            assertThat(problem.offset()).isEqualTo(offset);
        });
    }

    @Test
    void aSecondStatementIsRefused() {
        assertThat(Query.compile("select 1; drop table t", View.ROW))
                .isInstanceOfSatisfying(
                        Compiled.Refused.class,
                        refused -> assertThat((List<?>) refused.problems())
                                .singleElement()
                                .hasToString(
                                        "SyntaxProblem[offset=8, message=a rule's query is one select, without ';',"
                                                + " suggestion=Optional.empty]"));
    }

    private static Query query(String source) {
        return switch (Query.compile(source, View.ROW)) {
            case Compiled.Ready<Query>(Query query) -> query;
            case Compiled.Refused<Query>(var problems) -> throw new AssertionError(problems);
        };
    }
}
