package dev.freshet.rules.yaml;

import org.snakeyaml.engine.v2.exceptions.Mark;

/** The text of one file, addressed as the YAML parser counts: lines and characters from 0, a character being a code point. */
final class SourceText {
    private final String file;
    private final String text;
    private final int[] characters;

    SourceText(String file, String text) {
        this.file = file;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.characters = this.text.codePoints().toArray();
    }

    String text() {
        return text;
    }

    Place start() {
        return new Place(file, 1, 1);
    }

    Place place(Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The place of a character counted from the start of the file. */
    Place placeOfCharacter(int position) {
        String before = new String(characters, 0, Math.min(position, characters.length));
        int lineStart = before.lastIndexOf('\n') + 1;
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return new Place(file, line + 1, before.codePointCount(lineStart, before.length()) + 1);
    }

    String slice(Mark from, Mark to) {
        return new String(characters, from.getIndex(), to.getIndex() - from.getIndex());
    }

    /** What stands between a mark and the end of its line. */
    String tail(Mark from) {
        int end = from.getIndex();
        while (end < characters.length && characters[end] != '\n' && characters[end] != '\r') {
            end++;
        }
        return new String(characters, from.getIndex(), end - from.getIndex());
    }

    /** A line, from 0; empty past the end. */
    String line(int number) {
        return text.lines().skip(number).findFirst().orElse("");
    }
}
