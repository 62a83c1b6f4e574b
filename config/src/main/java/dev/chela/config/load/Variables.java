package dev.chela.config.load;

import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Node.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts variables into texts: {@code ${NAME}}; {@code $${NAME}} stays {@code ${NAME}}. */
final class Variables {

    private static final Pattern PLACE = Pattern.compile("\\$(\\$?)\\{([A-Z_][A-Z0-9_]*)}");

    private final Environment environment;
    private final Problems problems;

    Variables(Environment environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    Node substitute(Node node, KeyPath path) {
        return switch (node) {
            case Node.Obj object -> substituteObject(object, path);
            case Node.Arr array -> substituteArray(array, path);
            case Node.Text text -> substituteText(text, path);
            case Node.Num _, Node.Bool _, Node.Null _ -> node;
        };
    }

    private Node substituteObject(Node.Obj object, KeyPath path) {
        List<Member> members = new ArrayList<>();
        for (Member member : object.members()) {
            Node value = substitute(member.value(), path.key(member.key()));
            members.add(new Member(member.key(), member.keySpan(), value));
        }
        return new Node.Obj(members, object.span());
    }

    private Node substituteArray(Node.Arr array, KeyPath path) {
        List<Node> items = new ArrayList<>();
        for (int i = 0; i < array.items().size(); i++) {
            items.add(substitute(array.items().get(i), path.index(i)));
        }
        return new Node.Arr(items, array.span());
    }

    private Node substituteText(Node.Text text, KeyPath path) {
        if (text.value().indexOf("${") < 0) {
            return text;
        }
        StringBuilder result = new StringBuilder();
        Matcher place = PLACE.matcher(text.value());
        boolean substituted = false;
        while (place.find()) {
            boolean literal = !place.group(1).isEmpty();
            String value =
                    literal ? "${" + place.group(2) + "}" : lookUp(place.group(2), text, path);
            substituted |= !literal;
            place.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        place.appendTail(result);
        return new Node.Text(result.toString(), substituted, text.span());
    }

    private String lookUp(String name, Node.Text text, KeyPath path) {
        Optional<String> value = environment.get(name);
        if (value.isEmpty()) {
            problems.error(path, "the variable " + name + " is not set or empty", text);
        }
        return value.orElse("${" + name + "}");
    }
}
