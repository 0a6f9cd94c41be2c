package dev.freshet.connector.query;

import dev.freshet.rules.expression.Query;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A rule's query as it is asked: for many sets of values in one statement, as a lateral join over them. Each value travels as
 * text and is cast where it stands, to the type that the server expects there.
 *
 * <p>The result has the number of the values' set, from 1 on, then the number of the row within it, then the query's columns;
 * its rows come in this order.
 *
 * @param sql with one parameter for each of the query's, an array of texts
 * @param types of the query's parameters, where each of them stands first
 */
record BatchedQuery(String sql, List<String> types) {
    private static final String GIVEN = "freshet_given";

    /** How many columns stand before the query's own. */
    static final int NUMBERS = 2;

    /**
     * Asks the server for the types of the parameters.
     *
     * @param most rows of use for one set of values
     * @throws SQLException where the query is wrong
     */
    static BatchedQuery of(Query query, int most, Connection connection) throws SQLException {
        List<String> types = types(query, connection);
        StringBuilder inner = new StringBuilder();
        List<String> first =
                new ArrayList<>(Collections.nCopies(query.parameters().size(), ""));
        int place = 0;
        for (Query.Piece piece : query.pieces()) {
            switch (piece) {
                case Query.Code(String text) -> inner.append(escaped(text));
                case Query.Verbatim(String text) -> inner.append(text);
                case Query.Parameter(int index, int offset) -> {
                    inner.append('(')
                            .append(GIVEN)
                            .append(".p")
                            .append(index)
                            .append("::")
                            .append(types.get(place))
                            .append(')');
                    first.set(index, types.get(place));
                    place++;
                }
            }
        }
        String sql = "select " + GIVEN + ".n, freshet_found.* from "
                + given(query.parameters().size())
                + " cross join lateral (select row_number() over () as freshet_row, freshet_query.* from (" + inner
                + "\n) freshet_query limit " + (most + 1) + ") freshet_found order by 1, 2";
        return new BatchedQuery(sql, List.copyOf(first));
    }

    /** Without parameters there is one question. */
    private static String given(int parameters) {
        if (parameters == 0) {
            return "(values (1)) " + GIVEN + "(n)";
        }
        String arrays = Collections.nCopies(parameters, "?::text[]").stream().collect(Collectors.joining(", "));
        String names =
                IntStream.range(0, parameters).mapToObj(i -> "p" + i + ", ").collect(Collectors.joining());
        return "unnest(" + arrays + ") with ordinality " + GIVEN + "(" + names + "n)";
    }

    /** The type that the server infers for each place of a parameter. */
    private static List<String> types(Query query, Connection connection) throws SQLException {
        StringBuilder plain = new StringBuilder("select * from (");
        int places = 0;
        for (Query.Piece piece : query.pieces()) {
            switch (piece) {
                case Query.Code(String text) -> plain.append(escaped(text));
                case Query.Verbatim(String text) -> plain.append(text);
                case Query.Parameter parameter -> {
                    plain.append('?');
                    places++;
                }
            }
        }
        List<String> types = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(plain + "\n) freshet_query")) {
            ParameterMetaData parameters = statement.getParameterMetaData();
            for (int i = 1; i <= places; i++) {
                types.add(quoted(parameters.getParameterTypeName(i)));
            }
        }
        return types;
    }

    /** In quotes a type is only itself: {@code bit} without them is one bit. */
    private static String quoted(String type) {
        return type.indexOf('"') >= 0 || type.indexOf('.') >= 0 ? type : '"' + type + '"';
    }

    /** The driver takes a question mark for a parameter, and two for an operator that is one. */
    private static String escaped(String code) {
        return code.replace("?", "??");
    }
}
