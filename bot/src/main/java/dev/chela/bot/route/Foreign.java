package dev.chela.bot.route;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words of others inside a prompt: whatever they are, they end no fence and begin no line that
 * looks as if somebody else had spoken (sessions-and-routing §3.6). Linear in the text.
 */
public final class Foreign {

    private static final int NAME_CHARS_MAX = 64;

    /** What nobody sees; it must not hide a mark from us that a model reads. */
    private static final String UNSEEN = "[\\s\\p{Z}\\p{Cf}\\p{Cc}]*+";

    private static final Pattern FENCE =
            Pattern.compile(
                    "[<\\uFF1C]"
                            + UNSEEN
                            + "(/?+)"
                            + "untrusted"
                                    .chars()
                                    .mapToObj(letter -> UNSEEN + (char) letter)
                                    .collect(Collectors.joining()),
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern LINE_END =
            Pattern.compile("\\r\\n|[\\n\\r\\u000B\\f\\u0085\\u2028\\u2029]");

    /** A line that begins as our labels do; Unicode has brackets and colons of several kinds. */
    private static final Pattern LABEL =
            Pattern.compile(
                    "^(%s)([\\[\\uFF3B\\u3010])(?=.*[\\]\\uFF3D\\u3011]%s[:\\uFF1A\\uA789\\u2236])"
                            .formatted(UNSEEN, UNSEEN),
                    Pattern.DOTALL);

    private static final Pattern UNFIT_FOR_NAMES =
            Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\[\\]\\uFF3B\\uFF3D\\u3010\\u3011#<>\"]");

    private static final String END = "</untrusted>";
    private static final Pattern ECHOED = Pattern.compile("<untrusted what=\"[^\"\\n]{0,80}\">");
    private static final Pattern ECHOED_LABEL =
            Pattern.compile("\\A\\s*\\[[^\\[\\]\\n]{1,64} #[^\\[\\]\\s]{1,64}\\]: ?");

    private Foreign() {}

    /** Who speaks; the id makes a borrowed name show. */
    static String label(String name, String id) {
        return "[%s #%s]: ".formatted(name(name), name(id));
    }

    /** A name on one line, without what labels and fences are made of. */
    static String name(String foreign) {
        String bare = UNFIT_FOR_NAMES.matcher(foreign).replaceAll(" ").strip();
        if (bare.isEmpty()) {
            return "somebody";
        }
        return bare.length() <= NAME_CHARS_MAX ? bare : cut(bare, NAME_CHARS_MAX);
    }

    /** Words that end no fence; for a chat of two, where nobody is labelled. */
    static String unfenced(String foreign) {
        return FENCE.matcher(foreign).replaceAll("($1untrusted");
    }

    /** Words that end no fence and of which no line but the first passes for a label. */
    static String spoken(String foreign) {
        String[] lines = LINE_END.split(unfenced(foreign), -1);
        StringBuilder safe = new StringBuilder(lines[0]);
        for (int at = 1; at < lines.length; at++) {
            safe.append('\n').append(unlabelled(lines[at]));
        }
        return safe.toString();
    }

    /** A block that says it is data. */
    static String fenced(String what, String foreign) {
        String[] lines = LINE_END.split(unfenced(foreign).strip(), -1);
        StringBuilder safe = new StringBuilder();
        for (String line : lines) {
            safe.append(unlabelled(line)).append('\n');
        }
        return block(what, safe);
    }

    /** A block of lines that are labelled already and safe, each with its line end. */
    static String block(String what, CharSequence safeLines) {
        return "<untrusted what=\"%s\">\n%s</untrusted>\n\n".formatted(name(what), safeLines);
    }

    /** The beginning of a text, at most {@code maxChars} UTF-16 units and no half character. */
    static String cut(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        return text.substring(
                0, Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars);
    }

    /** What an agent says without our blocks and labels, should it repeat them. */
    public static String withoutEnvelope(String said) {
        Matcher block = ECHOED.matcher(said);
        if (!block.find() && !said.contains("]:")) {
            return said;
        }
        StringBuilder bare = new StringBuilder();
        int from = 0;
        while (block.find(from)) {
            bare.append(said, from, block.start());
            int end = said.indexOf(END, block.end());
            from = end < 0 ? block.end() : afterBlanks(said, end + END.length());
        }
        String rest = bare.append(said, from, said.length()).toString();
        return ECHOED_LABEL.matcher(rest).replaceFirst("");
    }

    private static int afterBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static String unlabelled(String line) {
        return LABEL.matcher(line).replaceFirst("$1\\\\$2");
    }
}
