package dev.freshet.rules.expression;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code json(x)}: what a text of JSON says. Numbers come exact: integers of 64 bits as such, all others as decimals. */
final class JsonText {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonForm.MAX_DEPTH)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonText() {}

    static @Nullable Object parse(String text) {
        try (JsonParser in = JSON.createParser(text)) {
            JsonToken first = in.nextToken();
            if (first != null) {
                Object value = read(in, first);
                if (in.nextToken() == null) {
                    return value;
                }
            }
        } catch (StreamConstraintsException e) {
            throw new EvaluationException("json() was given a document that is too deep or too large");
        } catch (IOException e) {
            throw notJson();
        }
        throw notJson();
    }

    private static @Nullable Object read(JsonParser in, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT ->
                in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? new BigDecimal(in.getBigIntegerValue())
                        : (Object) in.getLongValue();
            case VALUE_NUMBER_FLOAT -> Decimals.bounded(in.getDecimalValue());
            case START_ARRAY -> readList(in);
            case START_OBJECT -> readMap(in);
            case NOT_AVAILABLE, END_ARRAY, END_OBJECT, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> throw notJson();
        };
    }

    private static List<@Nullable Object> readList(JsonParser in) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            list.add(read(in, token));
        }
        return Collections.unmodifiableList(list);
    }

    /** Of members with one name, the last counts, as in jsonb. */
    private static Map<String, @Nullable Object> readMap(JsonParser in) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            map.put(name, read(in, in.nextToken()));
        }
        return Collections.unmodifiableMap(map);
    }

    private static EvaluationException notJson() {
        return new EvaluationException("json() was given text that is no JSON");
    }
}
