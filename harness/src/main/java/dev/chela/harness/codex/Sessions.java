package dev.chela.harness.codex;

import dev.chela.harness.SessionKey;

/** Reads an agent's name out of a session key. */
final class Sessions {

    private static final String MAIN_AGENT = "main";

    private Sessions() {}

    /** The agent of {@code agent:<id>:…}; the main one where the key names none. */
    static String agent(SessionKey session) {
        String[] parts = session.value().split(":", 3);
        return parts.length > 1 && parts[0].equals("agent") ? parts[1] : MAIN_AGENT;
    }
}
