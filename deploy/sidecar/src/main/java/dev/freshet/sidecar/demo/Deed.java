package dev.freshet.sidecar.demo;

import java.util.random.RandomGenerator;

/** What a shopkeeper does in one transaction, and how often in a hundred. */
enum Deed {
    REPRICE(60),
    RESTOCK(20),
    RENAME(7),
    MOVE(6),
    DELETE(2),
    INSERT(2),
    SALE(2),
    RENAME_CATEGORY(1);

    private static final int ALL = 100;

    private final int share;

    Deed(int share) {
        this.share = share;
    }

    static Deed pick(RandomGenerator random) {
        int point = random.nextInt(ALL);
        for (var deed : values()) {
            point -= deed.share;
            if (point < 0) {
                return deed;
            }
        }
        return REPRICE;
    }
}
