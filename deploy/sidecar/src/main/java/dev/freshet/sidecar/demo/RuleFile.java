package dev.freshet.sidecar.demo;

/** The {@code freshet.yaml} of the demo. */
final class RuleFile {
    static final String DATABASE_PASSWORD = "DATABASE_PASSWORD";
    static final String CACHE_PASSWORD = "CACHE_PASSWORD";

    private static final String RULES = """
            rules:
              product:
                table: public.product
                put:
                  - key: product:{id}
                    as: json
                    value: [id, name, price, stock, category_id, revision]
                    ttl: none

              category:
                table: public.category
                put:
                  - key: category:{id}
                    as: json
                    value: [id, name]
                    ttl: none
            """;

    private RuleFile() {}

    static String of(int databasePort, int cachePort, int adminPort) {
        return """
            source:
              type: postgresql
              url: postgresql://127.0.0.1:%d/%s
              user: %s
              password: ${env:%s}
              slot: freshet
              publication: freshet

            cache:
              url: redis://127.0.0.1:%d
              password: ${env:%s}

            admin: {listen: "127.0.0.1:%d"}

            """.formatted(
                                databasePort,
                                PostgresServer.DATABASE,
                                PostgresServer.USER,
                                DATABASE_PASSWORD,
                                cachePort,
                                CACHE_PASSWORD,
                                adminPort)
                + RULES;
    }

    /** To begin one's own with: servers where they usually listen, and no variable that must be set. */
    static String example() {
        var database = "password: ${env:%s".formatted(DATABASE_PASSWORD);
        var cache = "password: ${env:%s".formatted(CACHE_PASSWORD);
        return of(5432, 6379, 8470).replace(database, database + ":-change-me").replace(cache, "# " + cache);
    }
}
