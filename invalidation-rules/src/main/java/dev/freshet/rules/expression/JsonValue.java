package dev.freshet.rules.expression;

/** A value to be written as one JSON document; serialized when asked. */
public interface JsonValue {
    /** The document, without insignificant white space. */
    byte[] utf8();
}
