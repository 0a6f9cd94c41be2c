package dev.freshet.connector.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.change.TableId;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells conditions of those who know Freshet's password from those of others: every role of a database may write messages into
 * its log, and what they say would be run with Freshet's rights.
 */
public final class Seal {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** {@code password} is that of Freshet's role; where it has none, a seal keeps nobody out. */
    public Seal(String password) {
        this.key = new SecretKeySpec(("freshet:" + password).getBytes(UTF_8), ALGORITHM);
    }

    /** The condition under a seal, for this table. */
    public Condition on(TableId table, String sql) {
        return sql.isEmpty() ? Condition.ALL_ROWS : new Condition(sql, of(table, sql));
    }

    /** Whether a condition may be run. */
    boolean isOn(TableId table, Condition condition) {
        return condition.isEmpty()
                || MessageDigest.isEqual(
                        of(table, condition.sql()).getBytes(UTF_8),
                        condition.seal().getBytes(UTF_8));
    }

    private String of(TableId table, String sql) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String part : new String[] {table.schema(), table.name(), sql}) {
                byte[] bytes = part.getBytes(UTF_8);
                mac.update((bytes.length + ":").getBytes(UTF_8));
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
