package dev.chela.config.edit;

import dev.chela.config.json5.Json5;
import dev.chela.config.json5.KeyPath;
import java.util.Optional;

/** Recognises writes that look like a mistake: most of the file gone, or the gateway's mode. */
final class Accident {

    private static final KeyPath MODE = KeyPath.parse("gateway.mode");
    private static final int CHARS_MIN = 200;

    private Accident() {}

    static Optional<String> in(Target before, String after, boolean main) {
        boolean shrinks =
                before.text().length() > CHARS_MIN && after.length() * 2 < before.text().length();
        if (shrinks) {
            return Optional.of(
                    "the file would shrink from "
                            + before.text().length()
                            + " to "
                            + after.length()
                            + " characters; use --force if that is meant");
        }
        boolean loses =
                main
                        && TreePath.find(before.tree(), MODE).isPresent()
                        && TreePath.find(Json5.parse(after, "config"), MODE).isEmpty();
        return loses
                ? Optional.of(
                        "gateway.mode would be lost and the gateway would no longer start; use"
                                + " --force if that is meant")
                : Optional.empty();
    }
}
