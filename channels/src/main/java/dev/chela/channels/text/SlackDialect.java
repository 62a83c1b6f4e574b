package dev.chela.channels.text;

/**
 * Slack's markers. The escapes that Slack asks for take the meaning from mentions as well; markers
 * in foreign text cannot be escaped and get a zero-width space where they would open something.
 */
final class SlackDialect implements Dialect {

    private static final String MARKERS = "*_~`";
    private static final char GAP = '\u200B';

    @Override
    public String bold() {
        return "*";
    }

    @Override
    public String italic() {
        return "_";
    }

    @Override
    public String strike() {
        return "~";
    }

    @Override
    public String fence(String language) {
        return "```\n";
    }

    @Override
    public String linkOpen(String address) {
        return "<" + address(address) + "|";
    }

    @Override
    public String linkClose(String address) {
        return ">";
    }

    @Override
    public String bareLink(String address) {
        return "<" + address(address) + ">";
    }

    @Override
    public String code(String literal) {
        return "`" + entities(literal.replace('`', '\u02CB')) + "`";
    }

    @Override
    public String pre(String literal) {
        return entities(literal.replace("``", "`" + GAP + "`"));
    }

    @Override
    public String escape(String text, boolean lineStart) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean opens = i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1));
            if (MARKERS.indexOf(c) >= 0 && opens) {
                out.append(GAP);
            }
            out.append(c);
            if (c == '@' && opens) {
                out.append(GAP);
            }
        }
        return entities(out.toString());
    }

    private static String entities(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String address(String address) {
        return entities(address.replace("|", "%7C"));
    }
}
