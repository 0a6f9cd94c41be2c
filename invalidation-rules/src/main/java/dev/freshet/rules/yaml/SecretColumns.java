package dev.freshet.rules.yaml;

import dev.freshet.rules.catalog.Catalog;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Columns whose names say that not everybody shall read them. */
public final class SecretColumns {
    /** Found in any word, since nothing harmless has them in it. */
    private static final Pattern ANYWHERE = Pattern.compile("passwo?r?d|passphrase|passcode|apikey|privatekey");

    /** Words that stand for a secret wherever they stand. */
    private static final Set<String> WORDS =
            Set.of("secret", "secrets", "pwd", "cvv", "cvc", "iban", "ssn", "otp", "totp", "credential", "credentials");

    /** Words that mean one as the last word, and before one of {@link #FORMS}. */
    private static final Set<String> LAST = Set.of("token", "pass", "pin", "salt");

    private static final Set<String> FORMS =
            Set.of("hash", "digest", "value", "code", "secret", "salt", "encrypted", "enc", "plain", "text");

    /** Two words side by side, which may be written as one. */
    private static final Set<String> PAIRS = Set.of(
            "apikey",
            "privatekey",
            "secretkey",
            "accesskey",
            "encryptionkey",
            "signingkey",
            "apitokens",
            "accesstokens",
            "refreshtokens",
            "apitoken",
            "accesstoken",
            "authtoken",
            "refreshtoken",
            "sessiontoken",
            "resettoken",
            "clientsecret",
            "creditcard",
            "cardnumber",
            "cardno",
            "accountnumber",
            "accountno",
            "passportnumber",
            "passportno",
            "taxid");

    /** A last word that says something of a secret, and not the secret. */
    private static final Set<String> ABOUT = Set.of(
            "at",
            "on",
            "date",
            "count",
            "used",
            "type",
            "length",
            "expires",
            "expiry",
            "expired",
            "enabled",
            "required",
            "attempts",
            "changed",
            "updated",
            "created",
            "verified");

    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("[^\\p{L}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    private static final Pattern HIDDEN = Pattern.compile("\\b(?:mask|hash|hmac|encrypt)\\s*\\(");

    private SecretColumns() {}

    /** Whether a column of this name is for few eyes, as far as a name can tell. */
    public static boolean looksSecret(String column) {
        List<String> words = BETWEEN_WORDS
                .splitAsStream(column)
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        if (words.isEmpty() || (words.size() > 1 && ABOUT.contains(words.getLast()))) {
            return false;
        }
        return IntStream.range(0, words.size()).anyMatch(at -> isSecret(words, at));
    }

    private static boolean isSecret(List<String> words, int at) {
        String word = words.get(at);
        Optional<String> next = at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
        return ANYWHERE.matcher(word).find()
                || WORDS.contains(word)
                || PAIRS.contains(word)
                || next.map(word::concat).filter(PAIRS::contains).isPresent()
                || (LAST.contains(word) && next.map(FORMS::contains).orElse(true));
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

    /** Reports those that {@code value: all} takes along, of the tables that are known. */
    static void report(AllColumns all, List<Catalog.Table> tables, Problems problems) {
        tables.stream()
                .flatMap(table -> table.columns().stream())
                .map(Catalog.Column::name)
                .distinct()
                .filter(column -> !all.except().contains(column))
                .filter(SecretColumns::looksSecret)
                .sorted()
                .forEach(column -> problems.add(Problem.atValue(
                                all.scalar().spot(),
                                Code.SECRET_COLUMN,
                                "'all' takes the column '" + column
                                        + "' along, which looks like a secret, and whoever reads this reads it")
                        .suggesting("write it under except, or write allow: [secret-column] in the rule")));
    }

    /**
     * A {@code value: all}.
     *
     * @param except the columns that it leaves out
     */
    record AllColumns(Node.Scalar scalar, Set<String> except) {}
}
