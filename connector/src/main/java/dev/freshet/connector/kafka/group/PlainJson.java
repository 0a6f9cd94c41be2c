package dev.freshet.connector.kafka.group;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON without schemas to what Connect's own converter makes of it: maps, lists, texts, longs, doubles, truths. It makes no tree
 * first, which takes that converter half of its time. A whole number that is no long cannot be read; there it is another number.
 *
 * <p>One of these reads what has one form, such as the records of a topic: what they have in common is there once. Used by one thread.
 */
final class PlainJson {
    private static final JsonFactory JSON = new JsonFactory();

    /** In characters; a longer text is seldom the last one again. */
    private static final int LONGEST_KEPT = 64;

    private final Place root = new Place();

    /** What stood in a place of the last records. */
    private static final class Place {
        private Names names = Names.NONE;
        private @Nullable Place[] inner = new Place[0];
        private String text = "";

        /** Of a member. */
        Place inner(int member) {
            Place place = inner[member];
            if (place == null) {
                place = new Place();
                inner[member] = place;
            }
            return place;
        }

        void expect(Names other) {
            names = other;
            inner = new Place[other.count()];
        }
    }

    /** @throws DataException where it is no JSON; holds nothing of it */
    @Nullable
    Object read(byte[] bytes) {
        try (JsonParser parser = JSON.createParser(bytes)) {
            JsonToken first = parser.nextToken();
            return first == null ? null : value(parser, first, root);
        } catch (IOException e) {
            throw new DataException("it is no JSON that can be read");
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token, Place place) throws IOException {
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> text(parser, place);
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case START_OBJECT -> object(parser, place);
            case START_ARRAY -> array(parser);
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException(token + " begins no value");
        };
    }

    /** Much of a record is what the last one had: its table, its database, its connector. */
    private static String text(JsonParser parser, Place place) throws IOException {
        char[] read = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        if (length > LONGEST_KEPT) {
            return new String(read, from, length);
        }
        String last = place.text;
        boolean isLast = length == last.length();
        for (int i = 0; isLast && i < length; i++) {
            isLast = last.charAt(i) == read[from + i];
        }
        if (!isLast) {
            place.text = new String(read, from, length);
        }
        return place.text;
    }

    private static PlainObject object(JsonParser parser, Place place) throws IOException {
        Names names = place.names;
        @Nullable Object[] values = new Object[names.count()];
        int count = 0;
        String name = parser.nextFieldName();
        while (name != null && count < values.length && name.equals(names.at(count))) {
            values[count] = value(parser, parser.nextToken(), place.inner(count));
            count++;
            name = parser.nextFieldName();
        }
        if (name == null && count == values.length) {
            return new PlainObject(names, values);
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            object.put(names.at(i), values[i]);
        }
        for (; name != null; name = parser.nextFieldName()) {
            object.put(name, value(parser, parser.nextToken(), new Place()));
        }
        place.expect(new Names(object.keySet()));
        return new PlainObject(place.names, object.values().toArray());
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        Place all = new Place();
        List<@Nullable Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token, all));
        }
        return array;
    }
}
