package dev.chela.commands.codex;

import dev.chela.commands.CommandCall;

/** Which agent a call is about: the one named in its session's key. */
final class Agent {

    private static final String MAIN = "main";

    private Agent() {}

    static String of(CommandCall call) {
        String[] parts = call.session().value().split(":", 3);
        return parts.length > 1 && parts[0].equals("agent") ? parts[1] : MAIN;
    }
}
