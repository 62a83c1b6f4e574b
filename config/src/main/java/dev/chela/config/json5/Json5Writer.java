package dev.chela.config.json5;

import dev.chela.config.json5.Node.Member;
import java.util.regex.Pattern;

/** Writes a value as JSON5 (plain keys, double quotes) or as strict JSON, two spaces deep. */
public final class Json5Writer {

    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

    /** Which of the three layouts is written. */
    private enum Style {
        JSON5,
        JSON,
        ONE_LINE
    }

    private final Style style;
    private final StringBuilder out = new StringBuilder();

    private Json5Writer(Style style) {
        this.style = style;
    }

    /** As JSON5; {@code indent} is the depth of the line the value begins on, in spaces. */
    public static String json5(Node node, int indent) {
        Json5Writer writer = new Json5Writer(Style.JSON5);
        writer.write(node, indent);
        return writer.out.toString();
    }

    /** As JSON any parser takes. */
    public static String json(Node node) {
        Json5Writer writer = new Json5Writer(Style.JSON);
        writer.write(node, 0);
        return writer.out.toString();
    }

    /** As JSON on one line. */
    public static String line(Node node) {
        Json5Writer writer = new Json5Writer(Style.ONE_LINE);
        writer.write(node, 0);
        return writer.out.toString();
    }

    /** A key as it is written in JSON5: bare where it may be. */
    public static String key(String key) {
        return PLAIN_KEY.matcher(key).matches() ? key : quote(key);
    }

    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> plain(c, quoted);
            }
        }
        return quoted.append('"').toString();
    }

    private static void plain(char c, StringBuilder quoted) {
        if (c < ' ' || c == '\u2028' || c == '\u2029' || c == '\u007F') {
            quoted.append(String.format("\\u%04x", (int) c));
        } else {
            quoted.append(c);
        }
    }

    private void write(Node node, int indent) {
        switch (node) {
            case Node.Obj object -> writeObject(object, indent);
            case Node.Arr array -> writeArray(array, indent);
            case Node.Text text -> out.append(quote(text.value()));
            case Node.Num number -> out.append(number.value());
            case Node.Bool bool -> out.append(bool.value());
            case Node.Null _ -> out.append("null");
        }
    }

    private void writeObject(Node.Obj object, int indent) {
        String gap = "";
        out.append('{');
        for (Member member : object.members()) {
            out.append(gap);
            newLine(indent + 2);
            out.append(style == Style.JSON5 ? key(member.key()) : quote(member.key())).append(": ");
            write(member.value(), indent + 2);
            gap = ",";
        }
        close(object.members().isEmpty(), indent, '}');
    }

    private void writeArray(Node.Arr array, int indent) {
        String gap = "";
        out.append('[');
        for (Node item : array.items()) {
            out.append(gap);
            newLine(indent + 2);
            write(item, indent + 2);
            gap = ",";
        }
        close(array.items().isEmpty(), indent, ']');
    }

    private void close(boolean empty, int indent, char end) {
        if (!empty) {
            out.append(style == Style.JSON5 ? "," : "");
            newLine(indent);
        }
        out.append(end);
    }

    private void newLine(int indent) {
        if (style != Style.ONE_LINE) {
            out.append('\n').append(" ".repeat(indent));
        }
    }
}
