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
                purge:
                  # Again, for the page that was on its way from the shop while it was purged.
                  - {tag: "product-{id}", again_after: 1s}

              category:
                table: public.category
                put:
                  - key: category:{id}
                    as: json
                    value: [id, name]
                    ttl: none
            """;

    private RuleFile() {}

    /** Where the parts listen on loopback. */
    record Ports(int database, int cache, int edge, int admin) {}

    static String of(Ports ports) {
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

            edges:
              # What comes together is purged by one call: the processors of this machine are the database's as well.
              shop: {type: varnish, nodes: ["http://127.0.0.1:%d"], gather: 25ms, on_gap: purge_all}

            admin: {listen: "127.0.0.1:%d"}

            """.formatted(
                                ports.database(),
                                PostgresServer.DATABASE,
                                PostgresServer.USER,
                                DATABASE_PASSWORD,
                                ports.cache(),
                                CACHE_PASSWORD,
                                ports.edge(),
                                ports.admin())
                + RULES;
    }

    /** To begin one's own with: servers where they usually listen, and no variable that must be set. */
    static String example() {
        var database = "password: ${env:%s".formatted(DATABASE_PASSWORD);
        var cache = "password: ${env:%s".formatted(CACHE_PASSWORD);
        return of(new Ports(5432, 6379, 6081, 8470))
                .replace(database, database + ":-change-me")
                .replace(cache, "# " + cache);
    }
}
