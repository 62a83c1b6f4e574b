package dev.chela.channels.text;

/** Discord's markers; a zero-width space breaks up what would ping. */
final class DiscordDialect implements Dialect {

    private static final String ACTIVE = "\\*_~|`[]";
    private static final String ACTIVE_AT_LINE_START = "#->+";
    private static final char GAP = '\u200B';

    @Override
    public String bold() {
        return "**";
    }

    @Override
    public String italic() {
        return "*";
    }

    @Override
    public String strike() {
        return "~~";
    }

    @Override
    public String fence(String language) {
        return "```" + language + "\n";
    }

    @Override
    public String linkOpen(String address) {
        return "[";
    }

    @Override
    public String linkClose(String address) {
        return "](" + address.replace("(", "%28").replace(")", "%29") + ")";
    }

    @Override
    public String bareLink(String address) {
        return address;
    }

    @Override
    public String code(String literal) {
        return literal.contains("`")
                ? "`` " + literal.replace("``", "`" + GAP + "`") + " ``"
                : "`" + literal + "`";
    }

    @Override
    public String pre(String literal) {
        return literal.replace("``", "`" + GAP + "`");
    }

    @Override
    public String escape(String text, boolean lineStart) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        boolean first = lineStart;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (ACTIVE.indexOf(c) >= 0 || (first && ACTIVE_AT_LINE_START.indexOf(c) >= 0)) {
                out.append('\\');
            }
            out.append(c);
            if (c == '@' || c == '<') {
                out.append(GAP);
            }
            first = first && c == ' ';
        }
        return out.toString();
    }
}
