package dev.chela.config.json5;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JSON5 value and where it stands. */
public sealed interface Node {

    Span span();

    /** What to call this kind of value in an error. */
    default String kind() {
        return switch (this) {
            case Obj _ -> "an object";
            case Arr _ -> "a list";
            case Text _ -> "a text";
            case Num _ -> "a number";
            case Bool _ -> "a boolean";
            case Null _ -> "null";
        };
    }

    /** One key of an object, in the order of the text. */
    record Member(String key, Span keySpan, Node value) {}

    /** An object; keys are unique. */
    record Obj(List<Member> members, Span span) implements Node {

        public Obj {
            members = List.copyOf(members);
        }

        public static Obj empty() {
            return new Obj(List.of(), Span.NOWHERE);
        }

        public Optional<Member> member(String key) {
            return members.stream().filter(member -> member.key().equals(key)).findFirst();
        }

        public Optional<Node> get(String key) {
            return member(key).map(Member::value);
        }

        /** This object with {@code key} set, at its old place or at the end. */
        public Obj with(String key, Node value) {
            List<Member> next = new ArrayList<>();
            boolean found = false;
            for (Member member : members) {
                boolean same = member.key().equals(key);
                next.add(same ? new Member(key, member.keySpan(), value) : member);
                found |= same;
            }
            if (!found) {
                next.add(new Member(key, value.span(), value));
            }
            return new Obj(next, span);
        }

        public Obj without(String key) {
            return new Obj(
                    members.stream().filter(member -> !member.key().equals(key)).toList(), span);
        }
    }

    /** A list. */
    record Arr(List<Node> items, Span span) implements Node {

        public Arr {
            items = List.copyOf(items);
        }
    }

    /**
     * A text.
     *
     * @param substituted whether a variable was put in, so that it may be secret
     */
    record Text(String value, boolean substituted, Span span) implements Node {

        public static Text of(String value) {
            return new Text(value, false, Span.NOWHERE);
        }
    }

    /** A number, exact; infinities and not-a-number are refused by the parser. */
    record Num(BigDecimal value, Span span) implements Node {}

    /** {@code true} or {@code false}. */
    record Bool(boolean value, Span span) implements Node {}

    /** {@code null}. */
    record Null(Span span) implements Node {}
}
