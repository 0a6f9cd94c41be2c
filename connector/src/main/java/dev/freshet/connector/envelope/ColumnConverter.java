package dev.freshet.connector.envelope;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.util.Properties;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Takes the conversion of every column out of Debezium's hands, which makes NULL of a value that it cannot convert, leaves
 * columns of some types out, and gives other values in a snapshot than in the log.
 *
 * <p>Debezium makes one by its name and calls it on its own threads; it has no state.
 */
public final class ColumnConverter implements CustomConverter<SchemaBuilder, RelationalColumn> {
    @Override
    public void configure(Properties properties) {}

    @Override
    public void converterFor(RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
        ColumnType type = ColumnType.of(column.nativeType(), column.typeName(), column.jdbcType());
        registration.register(type.schema(), given -> given == null ? null : SentValue.of(type, given));
    }
}
