package dev.freshet.sidecar.demo;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Writes to the database, a transaction a deed, and notes each new revision after its commit returned. It is the only one
 * who changes the products on its shelves, so their revisions are noted in the order in which they are committed.
 */
final class Shopkeeper implements AutoCloseable {
    private static final int ON_SALE = 10;
    private static final int SHELVES_FOR_ONE_EMPTY = 20;

    private final Shop shop;
    private final List<Integer> full;
    private final int mostEmpty;
    private final RandomGenerator random;
    private final Connection connection;
    private final Deque<Integer> empty = new ArrayDeque<>();

    /** Keeps each shelf whose number leaves this remainder. */
    Shopkeeper(Shop shop, PostgresServer database, int remainder, int shopkeepers, RandomGenerator random)
            throws SQLException {
        this.shop = shop;
        this.random = random;
        full = new ArrayList<>();
        for (int shelf = remainder; shelf < Shop.SHELVES; shelf += shopkeepers) {
            full.add(shelf);
        }
        mostEmpty = Math.max(1, full.size() / SHELVES_FOR_ONE_EMPTY);
        connection = database.connect();
    }

    void work() throws SQLException {
        switch (Deed.pick(random)) {
            case REPRICE -> reprice(1);
            case SALE -> reprice(ON_SALE);
            case RESTOCK -> update("stock = ?", random.nextInt(1_000));
            case RENAME -> update("name = ?", "Product " + random.nextInt(1_000_000));
            case MOVE -> update("category_id = ?", category());
            case RENAME_CATEGORY -> renameCategory();
            case DELETE -> {
                if (empty.size() < mostEmpty) {
                    delete();
                } else {
                    insert();
                }
            }
            case INSERT -> {
                if (empty.isEmpty()) {
                    reprice(1);
                } else {
                    insert();
                }
            }
        }
    }

    private void reprice(int products) throws SQLException {
        var some = new HashSet<Product>();
        for (int i = 0; i < products; i++) {
            some.add(any());
        }
        update("price = ?", price(), List.copyOf(some));
    }

    private void update(String assignment, Object value) throws SQLException {
        update(assignment, value, List.of(any()));
    }

    private void update(String assignment, Object value, List<Product> products) throws SQLException {
        var sql = "update product set %s, revision = revision + 1 where id = any(?)".formatted(assignment);
        try (var update = connection.prepareStatement(sql)) {
            update.setObject(1, value);
            update.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint", products.stream().map(Product::id).toArray()));
            commit(update, products.size());
        }
        long now = System.nanoTime();
        products.forEach(product -> next(product.history(), now));
    }

    private Product any() {
        return shop.product(full.get(random.nextInt(full.size())));
    }

    private void delete() throws SQLException {
        Collections.swap(full, random.nextInt(full.size()), full.size() - 1);
        int shelf = full.removeLast();
        var product = shop.product(shelf);
        try (var delete = connection.prepareStatement("delete from product where id = ?")) {
            delete.setLong(1, product.id());
            commit(delete, 1);
        }
        next(product.history(), System.nanoTime());
        shop.emptied();
        empty.addLast(shelf);
    }

    private void insert() throws SQLException {
        var sql = "insert into product (name, price, stock, category_id, revision) values (?, ?, ?, ?, 1) returning id";
        int shelf = empty.removeFirst();
        try (var insert = connection.prepareStatement(sql)) {
            insert.setString(1, "Product " + random.nextInt(1_000_000));
            insert.setBigDecimal(2, price());
            insert.setInt(3, random.nextInt(1_000));
            insert.setLong(4, category());
            try (var rows = insert.executeQuery()) {
                rows.next();
                long id = rows.getLong(1);
                shop.place(shelf, new Product(id, new History(1, System.nanoTime())));
            }
        }
        shop.committed(1);
        full.add(shelf);
    }

    private void renameCategory() throws SQLException {
        try (var update = connection.prepareStatement("update category set name = ? where id = ?")) {
            update.setString(1, "Category " + random.nextInt(1_000_000));
            update.setLong(2, category());
            commit(update, 1);
        }
    }

    private void commit(PreparedStatement statement, int expected) throws SQLException {
        int rows = statement.executeUpdate();
        if (rows != expected) {
            throw new SQLException("%d rows changed, not %d".formatted(rows, expected));
        }
        shop.committed(rows);
    }

    private static void next(History history, long now) {
        history.committed(history.newest() + 1, now);
    }

    private long category() {
        return 1L + random.nextInt(Shop.CATEGORIES);
    }

    private BigDecimal price() {
        return BigDecimal.valueOf(100 + random.nextInt(99_900), 2);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
