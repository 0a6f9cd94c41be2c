package dev.freshet.connector.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.checkpoint.TableForm;
import java.util.List;
import java.util.Optional;

/**
 * What the catalogue says of a table, as far as its rows and what is sent of them depend on it. Marks are texts that are other
 * ones once what they stand for was changed, even if it is again as it was.
 *
 * @param identity by what its rows are known, and what is sent of old ones
 * @param publication mark of the table in the publication; empty where that does not name it
 * @param persistence one letter, as the catalogue has it: an unlogged table sends nothing
 * @param files where its rows are stored; a new place alone means nothing, since {@code VACUUM FULL} takes one
 * @param columns by their numbers, which are never given again
 * @param partitions marks of all below it, each of being a partition there
 */
public record Schema(
        String identity,
        String publication,
        String persistence,
        String files,
        List<Column> columns,
        List<String> partitions) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /**
     * One column.
     *
     * @param generated how, one letter as the catalogue has it; empty where it is not
     * @param mark of its line in the catalogue
     * @param labels of an enum type, each with its number
     */
    public record Column(int number, String name, String type, String generated, String mark, List<String> labels) {
        public Column {
            labels = List.copyOf(labels);
        }
    }

    public Schema {
        columns = List.copyOf(columns);
        partitions = List.copyOf(partitions);
    }

    /** As it is stored. */
    public TableForm form() {
        try {
            return new TableForm(JSON.writeValueAsString(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    /** Reads {@link #form} back; empty where another version wrote it. */
    public static Optional<Schema> of(TableForm form) {
        try {
            return Optional.of(JSON.readValue(form.text(), Schema.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The same of a table whose rows are not known yet, though every change of them will be sent. */
    public Schema withoutRows() {
        return new Schema(identity, publication, persistence, files, List.of(), List.of());
    }
}
