package dev.chela.config.edit;

import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Node.Member;

/** Applies an object of changes (RFC 7396: {@code null} removes) as many small edits. */
final class Patch {

    private Patch() {}

    static String apply(String text, Node.Obj patch) {
        return apply(text, KeyPath.ROOT, patch);
    }

    private static String apply(String text, KeyPath path, Node.Obj patch) {
        String result = text;
        for (Member member : patch.members()) {
            KeyPath here = path.key(member.key());
            result =
                    switch (member.value()) {
                        case Node.Null _ -> TextEdit.unset(result, here);
                        case Node.Obj inner when !inner.members().isEmpty() ->
                                apply(result, here, inner);
                        case Node.Obj _, Node.Arr _, Node.Text _, Node.Num _, Node.Bool _ ->
                                TextEdit.set(result, here, member.value());
                    };
        }
        return result;
    }
}
