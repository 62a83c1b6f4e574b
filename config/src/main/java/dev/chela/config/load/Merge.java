package dev.chela.config.load;

import dev.chela.config.json5.Node;
import dev.chela.config.json5.Node.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts one tree over another: objects key by key, lists one after the other, else the upper one.
 */
final class Merge {

    private Merge() {}

    static Node over(Node lower, Node upper) {
        if (lower instanceof Node.Obj below && upper instanceof Node.Obj above) {
            Node.Obj merged = below;
            for (Member member : above.members()) {
                Node value =
                        below.get(member.key())
                                .map(old -> over(old, member.value()))
                                .orElse(member.value());
                merged = put(merged, member, value);
            }
            return new Node.Obj(merged.members(), above.span());
        }
        if (lower instanceof Node.Arr below && upper instanceof Node.Arr above) {
            List<Node> items = new ArrayList<>(below.items());
            items.addAll(above.items());
            return new Node.Arr(items, above.span());
        }
        return upper;
    }

    private static Node.Obj put(Node.Obj object, Member like, Node value) {
        Node.Obj without = object.without(like.key());
        List<Member> members = new ArrayList<>(without.members());
        members.add(new Member(like.key(), like.keySpan(), value));
        return new Node.Obj(members, object.span());
    }
}
