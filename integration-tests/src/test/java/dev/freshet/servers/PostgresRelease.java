package dev.freshet.servers;

/** The newest release of PostgreSQL that tests run against, and the oldest. */
public enum PostgresRelease {
    V18(18),
    V15(15);

    private final int major;

    PostgresRelease(int major) {
        this.major = major;
    }

    public int major() {
        return major;
    }
}
