package dev.chela.harness.appserver;

/** Text on its way to the wire. */
final class WireText {

    private static final char REPLACEMENT = '\uFFFD';

    private WireText() {}

    /** The same text with every unpaired surrogate replaced: UTF-8 cannot carry one. */
    static String paired(String text) {
        int bad = firstUnpaired(text, 0);
        if (bad < 0) {
            return text;
        }
        var fixed = new StringBuilder(text);
        while (bad >= 0) {
            fixed.setCharAt(bad, REPLACEMENT);
            bad = firstUnpaired(text, bad + 1);
        }
        return fixed.toString();
    }

    /** How many bytes the text has in UTF-8; needs paired surrogates. */
    static long utf8Bytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else {
                bytes += Character.isSurrogate(c) ? 2 : 3;
            }
        }
        return bytes;
    }

    private static int firstUnpaired(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair =
                    Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            if (!pair) {
                return i;
            }
            i++;
        }
        return -1;
    }
}
