package dev.freshet.sidecar.command;

import java.util.Locale;

/** Numbers of bytes as people read them. */
final class Bytes {
    private static final String[] UNITS = {"KB", "MB", "GB", "TB"};

    private Bytes() {}

    /** Such as 512 bytes, 1.5MB; 1KB is 1,024 bytes. */
    static String text(long bytes) {
        if (bytes < 1_024) {
            return bytes + " bytes";
        }
        double number = bytes / 1_024.0;
        int unit = 0;
        while (number >= 1_023.95 && unit < UNITS.length - 1) {
            number /= 1_024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f%s", number, UNITS[unit]);
    }
}
