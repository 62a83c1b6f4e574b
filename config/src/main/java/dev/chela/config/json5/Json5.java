package dev.chela.config.json5;

import dev.chela.config.json5.Node.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Parses JSON5 (json5.org, version 1.0.0).
 *
 * <p>Narrower than the standard in what a config never means: keys may not repeat, {@code Infinity}
 * and {@code NaN} are refused, values nest at most 64 deep.
 */
public final class Json5 {

    private static final int DEPTH_MAX = 64;

    private final Scanner scanner;
    private final String source;

    private Json5(String text, String source) {
        this.scanner = new Scanner(text);
        this.source = source;
    }

    /**
     * Parses a whole text.
     *
     * @param source the name of the text in errors, such as a file name
     * @throws Json5Exception if it is not JSON5
     */
    public static Node parse(String text, String source) {
        Json5 parser = new Json5(text, source);
        parser.scanner.skipBlank();
        Node value = parser.value(0);
        parser.scanner.skipBlank();
        if (!parser.scanner.atEnd()) {
            throw parser.scanner.error("found " + parser.scanner.found() + " after the end");
        }
        return value;
    }

    private Node value(int depth) {
        if (depth > DEPTH_MAX) {
            throw scanner.error("values are nested more than " + DEPTH_MAX + " deep");
        }
        int start = scanner.offset();
        return switch (scanner.peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"', '\'' -> {
                String text = StringScanner.read(scanner);
                yield new Node.Text(text, false, span(start));
            }
            default -> literal(start);
        };
    }

    private Node literal(int start) {
        char first = scanner.peek();
        if (first == '+' || first == '-' || first == '.' || (first >= '0' && first <= '9')) {
            return new Node.Num(NumberScanner.read(scanner), span(start));
        }
        String word = scanner.identifier("a value");
        return switch (word) {
            case "true" -> new Node.Bool(true, span(start));
            case "false" -> new Node.Bool(false, span(start));
            case "null" -> new Node.Null(span(start));
            default -> {
                scanner.back(start);
                throw scanner.error("expected a value, found " + word + " (texts need quotes)");
            }
        };
    }

    private Node object(int depth) {
        int start = scanner.offset();
        scanner.take('{');
        List<Member> members = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        scanner.skipBlank();
        while (!scanner.tryTake('}')) {
            Member member = member(depth);
            if (!keys.add(member.key())) {
                scanner.back(member.keySpan().start());
                throw scanner.error("the key \"" + member.key() + "\" is there twice");
            }
            members.add(member);
            separator('}');
        }
        return new Node.Obj(members, span(start));
    }

    private Member member(int depth) {
        int start = scanner.offset();
        char first = scanner.peek();
        String key =
                first == '"' || first == '\''
                        ? StringScanner.read(scanner)
                        : scanner.identifier("a key or }");
        Span keySpan = span(start);
        scanner.skipBlank();
        scanner.take(':');
        scanner.skipBlank();
        return new Member(key, keySpan, value(depth + 1));
    }

    private Node array(int depth) {
        int start = scanner.offset();
        scanner.take('[');
        List<Node> items = new ArrayList<>();
        scanner.skipBlank();
        while (!scanner.tryTake(']')) {
            items.add(value(depth + 1));
            separator(']');
        }
        return new Node.Arr(items, span(start));
    }

    private void separator(char end) {
        scanner.skipBlank();
        if (scanner.tryTake(',')) {
            scanner.skipBlank();
        } else if (scanner.peek() != end) {
            throw scanner.error("expected , or " + end + ", found " + scanner.found());
        }
    }

    private Span span(int start) {
        return new Span(source, start, scanner.offset(), scanner.lineOf(start));
    }
}
