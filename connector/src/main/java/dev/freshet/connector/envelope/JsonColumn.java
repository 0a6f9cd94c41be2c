package dev.freshet.connector.envelope;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON columns: integers of 64 bits as such, all other numbers as decimals with every digit. */
public final class JsonColumn {
    /** PostgreSQL's limit is its stack's. Values that nest so deep can still be compared on one of Java's usual size. */
    static final int MAX_DEPTH = 1_500;

    /** PostgreSQL's numeric has 131,072 digits before the point and 16,383 after it. */
    static final int MAX_DIGITS = 150_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_DIGITS)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonColumn() {}

    /** @throws UnreadableException where the text is no JSON, or nests too deep; its content is not in the message */
    public static @Nullable Object read(String text) {
        try (JsonParser in = JSON.createParser(text)) {
            return read(in);
        } catch (StreamConstraintsException e) {
            throw new UnreadableException("it is JSON that nests deeper than " + MAX_DEPTH
                    + " levels or has a number of more than " + MAX_DIGITS + " digits");
        } catch (IOException e) {
            throw new UnreadableException("it is no JSON");
        }
    }

    /** Without recursion. What was opened and not closed lies on a stack, a list or a map each. */
    private static @Nullable Object read(JsonParser in) throws IOException {
        Deque<Object> open = new ArrayDeque<>();
        Deque<String> names = new ArrayDeque<>();
        while (true) {
            JsonToken token = in.nextToken();
            if (token == null) {
                throw new UnreadableException("it is JSON that ends early");
            }
            @Nullable Object value;
            switch (token) {
                case START_OBJECT -> {
                    open.push(new LinkedHashMap<String, @Nullable Object>());
                    continue;
                }
                case START_ARRAY -> {
                    open.push(new ArrayList<@Nullable Object>());
                    continue;
                }
                case FIELD_NAME -> {
                    names.push(in.currentName());
                    continue;
                }
                case END_OBJECT, END_ARRAY -> value = open.pop();
                default -> value = scalar(in, token);
            }
            if (open.isEmpty()) {
                return value;
            }
            add(open.peek(), names, value);
        }
    }

    @SuppressWarnings("unchecked") // only lists and maps made above are open
    private static void add(Object to, Deque<String> names, @Nullable Object value) {
        if (to instanceof Map<?, ?> map) {
            ((Map<String, @Nullable Object>) map).put(names.pop(), value);
        } else {
            ((List<@Nullable Object>) to).add(value);
        }
    }

    private static @Nullable Object scalar(JsonParser in, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT ->
                in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? new BigDecimal(in.getBigIntegerValue())
                        : (Object) in.getLongValue();
            case VALUE_NUMBER_FLOAT -> in.getDecimalValue();
            default -> throw new UnreadableException("it is no JSON");
        };
    }
}
