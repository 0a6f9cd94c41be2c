package dev.freshet.rules.yaml;

import java.util.Optional;
import java.util.regex.Pattern;

/** Columns whose names say that not everybody shall read them. */
public final class SecretColumns {
    private static final Pattern NAME = Pattern.compile(
            "(?i).*(?:passwo?r?d|passwd|passphrase|secret|api_?key|private_?key|(?:access|auth|refresh|session|reset)_?token"
                    + "|(?:card|account|passport)_?(?:number|no)|iban|cvv|cvc|ssn|tax_?id|salt).*");
    private static final Pattern HIDDEN = Pattern.compile("\\b(?:mask|hash|hmac|encrypt)\\s*\\(");

    private SecretColumns() {}

    /** Whether a column of this name is for few eyes, as far as a name can tell. */
    public static boolean looksSecret(String column) {
        return NAME.matcher(column).matches();
    }

    /** Reports those of some columns that stand in a value as they are; {@code code}: where and how they stand there. */
    static void report(ColumnUse use, Problems problems) {
        if (HIDDEN.matcher(use.code()).find()) {
            return;
        }
        use.columns().stream()
                .filter(SecretColumns::looksSecret)
                .sorted()
                .forEach(column -> problems.add(new Problem(
                                Code.SECRET_COLUMN,
                                use.placeOf(column),
                                use.scalar().spot().path(),
                                "the column '" + column + "' looks like a secret, and whoever reads this reads it",
                                Optional.empty())
                        .suggesting("leave it out, write mask(" + column
                                + "), or write allow: [secret-column] in the rule")));
    }
}
