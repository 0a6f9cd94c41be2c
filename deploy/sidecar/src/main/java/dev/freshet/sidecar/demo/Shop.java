package dev.freshet.sidecar.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The shop: its tables, the shelves on which products stand, and how much was committed. A deleted product keeps its shelf
 * until another one takes it, so that readers go on asking for it. Each shelf has one shopkeeper; any thread may look.
 */
final class Shop {
    static final int CATEGORIES = 20;
    static final int SHELVES = 500;

    private static final String TABLES = """
            create table category (
              id bigint generated always as identity primary key,
              name text not null);
            create table product (
              id bigint generated always as identity primary key,
              name text not null,
              price numeric(10,2) not null,
              stock integer not null,
              category_id bigint not null references category,
              revision bigint not null);
            alter table category replica identity full;
            alter table product replica identity full;
            """;

    private static final String FIRST_CATEGORIES =
            "insert into category (name) select 'Category ' || n from generate_series(1, ?) n";

    private static final String FIRST_PRODUCTS = """
            insert into product (name, price, stock, category_id, revision)
              select 'Product ' || n, 10 + n * 0.25, n, 1 + n % ?, 1 from generate_series(1, ?) n
            """;

    private final AtomicReferenceArray<Product> shelves;
    private final AtomicInteger fullShelves = new AtomicInteger(SHELVES);
    private volatile Commits commits = new Commits();

    private record Commits(LongAdder all, LongAdder rows) {
        Commits() {
            this(new LongAdder(), new LongAdder());
        }
    }

    private Shop(List<Product> products) {
        shelves = new AtomicReferenceArray<>(products.toArray(Product[]::new));
    }

    static Shop open(PostgresServer database) throws SQLException {
        try (var connection = database.connect()) {
            try (var statement = connection.createStatement()) {
                statement.execute(TABLES);
            }
            fill(connection, FIRST_CATEGORIES, CATEGORIES);
            fill(connection, FIRST_PRODUCTS, CATEGORIES, SHELVES);
            return new Shop(products(connection));
        }
    }

    private static void fill(Connection connection, String sql, int... numbers) throws SQLException {
        try (var insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < numbers.length; i++) {
                insert.setInt(i + 1, numbers[i]);
            }
            insert.executeUpdate();
        }
    }

    private static List<Product> products(Connection connection) throws SQLException {
        var products = new ArrayList<Product>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select id, revision from product order by id")) {
            while (rows.next()) {
                products.add(new Product(rows.getLong(1), new History(rows.getLong(2), System.nanoTime())));
            }
        }
        return products;
    }

    Product product(int shelf) {
        return shelves.get(shelf);
    }

    /** After the commit of its insert, on a shelf that was {@link #emptied}. */
    void place(int shelf, Product product) {
        shelves.set(shelf, product);
        fullShelves.incrementAndGet();
    }

    /** After the commit of a deletion. */
    void emptied() {
        fullShelves.decrementAndGet();
    }

    /** How many products have a row. */
    int fullShelves() {
        return fullShelves.get();
    }

    List<Product> products() {
        var all = new ArrayList<Product>();
        for (int i = 0; i < shelves.length(); i++) {
            all.add(shelves.get(i));
        }
        return all;
    }

    /** After a commit that changed so many rows. */
    void committed(int rows) {
        var counted = commits;
        counted.all().increment();
        counted.rows().add(rows);
    }

    /** What was committed until now does not count. */
    void beginCounting() {
        commits = new Commits();
    }

    long commits() {
        return commits.all().sum();
    }

    /** Rows that were changed by commits. */
    long changes() {
        return commits.rows().sum();
    }
}
