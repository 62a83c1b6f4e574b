package dev.chela.channels.text;

/** Takes out of foreign text what no platform can carry. */
final class Cleaner {

    private static final char REPLACEMENT = '\uFFFD';

    private Cleaner() {}

    /** Lone surrogates and control characters become U+FFFD, line ends become {@code \n}. */
    static String clean(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                if (i + 1 >= text.length() || text.charAt(i + 1) != '\n') {
                    out.append('\n');
                }
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c) || isControl(c)) {
                out.append(REPLACEMENT);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isControl(char c) {
        return c != '\n' && c != '\t' && Character.isISOControl(c);
    }
}
