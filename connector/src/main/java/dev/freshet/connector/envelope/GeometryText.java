package dev.freshet.connector.envelope;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.geometric.PGbox;
import org.postgresql.geometric.PGcircle;
import org.postgresql.geometric.PGline;
import org.postgresql.geometric.PGlseg;
import org.postgresql.geometric.PGpath;
import org.postgresql.geometric.PGpoint;
import org.postgresql.geometric.PGpolygon;
import org.postgresql.util.PGobject;

/** Points, lines and areas as PostgreSQL writes them: the driver's classes add {@code .0} to whole numbers. */
final class GeometryText {
    private static final Pattern WHOLE = Pattern.compile("\\.0(?=[^0-9]|$)");

    private GeometryText() {}

    static String of(PGobject object) {
        @Nullable String value = object.getValue();
        if (value == null) {
            throw new IllegalArgumentException("an object without a value");
        }
        boolean geometry = object instanceof PGpoint
                || object instanceof PGline
                || object instanceof PGlseg
                || object instanceof PGbox
                || object instanceof PGpath
                || object instanceof PGpolygon
                || object instanceof PGcircle;
        return geometry ? WHOLE.matcher(value).replaceAll("") : value;
    }
}
