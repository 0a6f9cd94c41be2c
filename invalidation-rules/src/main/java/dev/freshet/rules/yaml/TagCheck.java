package dev.freshet.rules.yaml;

import dev.freshet.rules.TableSelector;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.TagHeader;
import dev.freshet.rules.expression.Expression;
import dev.freshet.rules.expression.Expressions;
import dev.freshet.rules.expression.Template;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Warns of tags that an edge would mix up or lose, as far as the columns of the tables are known.
 *
 * @param variable the name of a row that a query found, of which nothing is known
 */
record TagCheck(List<TableSelector> tables, Optional<String> variable, Catalog catalog, Problems problems) {
    /** For tags that no row fills in. */
    static TagCheck ofConstants(Problems problems) {
        return new TagCheck(List.of(), Optional.empty(), Catalog.NONE, problems);
    }

    /** Of a template that is a tag at these edges. */
    void check(Node.Scalar scalar, Template tag, List<Edge> edges) {
        Optional<Edge> folding = first(edges, TagHeader::foldsCase);
        Optional<Edge> small = first(edges, TagHeader::takesFew);
        for (Template.Hole hole : KeyText.of(tag).holes()) {
            folding.ifPresent(edge -> column(hole, Expressions::lettersOf, TagCheck::isText)
                    .ifPresent(column -> problems.add(folded(scalar, hole, column, edge))));
            small.ifPresent(edge -> column(hole, Expressions::elementsOf, TagCheck::isList)
                    .ifPresent(column -> problems.add(many(scalar, hole, column, edge))));
        }
    }

    private static Optional<Edge> first(List<Edge> edges, Predicate<TagHeader> wanted) {
        return edges.stream()
                .filter(edge -> edge.type().tags().filter(wanted).isPresent())
                .findFirst();
    }

    /** One that an expression carries and that some table has in such a form. */
    private Optional<String> column(
            Template.Hole hole, Function<String, Set<String>> carried, Predicate<Catalog.Column> wanted) {
        return carried.apply(hole.expression()).stream()
                .filter(name -> !variable.equals(Optional.of(name)))
                .filter(name -> tables.stream().anyMatch(selector -> isSuch(selector, name, carried, wanted)))
                .sorted()
                .findFirst();
    }

    private boolean isSuch(
            TableSelector selector,
            String name,
            Function<String, Set<String>> carried,
            Predicate<Catalog.Column> wanted) {
        Expression named = selector.names().get(name);
        Set<String> columns = named == null ? Set.of(name) : carried.apply(named.source());
        return ColumnCheck.tables(catalog, selector).stream()
                .flatMap(table -> columns.stream().flatMap(column -> table.column(column).stream()))
                .anyMatch(wanted);
    }

    private static boolean isText(Catalog.Column column) {
        return column.kind() == Catalog.Kind.TEXT
                || (isList(column)
                        && (column.type().startsWith("text") || column.type().startsWith("character")));
    }

    private static boolean isList(Catalog.Column column) {
        return column.type().endsWith("[]");
    }

    private static Problem folded(Node.Scalar scalar, Template.Hole hole, String column, Edge edge) {
        return at(
                        scalar,
                        hole,
                        Code.FOLDED_TAG,
                        who(edge) + " takes A and a for the same, so two values of '" + column
                                + "' can be one tag, and a purge of one takes the other along")
                .suggesting("pass it through lower() if that is meant, through hash() if not, "
                        + "or write allow: [folded-tag] in the rule");
    }

    private static Problem many(Node.Scalar scalar, Template.Hole hole, String column, Edge edge) {
        TagHeader header = edge.type().tags().orElseThrow();
        return at(
                        scalar,
                        hole,
                        Code.MANY_TAGS,
                        "an object has a tag for each element of '" + column + "', and " + who(edge) + " reads "
                                + most(header) + " of one object; what it does not read never purges it")
                .suggesting("name other edges with 'edge', or write allow: [many-tags] in the rule");
    }

    private static String most(TagHeader header) {
        return header.most() < Integer.MAX_VALUE ? header.most() + " tags" : header.longest() + " bytes";
    }

    private static Problem at(Node.Scalar scalar, Template.Hole hole, Code code, String message) {
        return new Problem(code, scalar.placeOf(hole.offset()), scalar.spot().path(), message, Optional.empty());
    }

    private static String who(Edge edge) {
        return "the edge '" + edge.name() + "' (" + edge.type().word() + ")";
    }
}
