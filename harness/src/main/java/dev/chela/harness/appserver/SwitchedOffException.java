package dev.chela.harness.appserver;

/** The operator's configuration lets no app-server run. */
public final class SwitchedOffException extends AppServerException {

    private static final long serialVersionUID = 1L;

    /**
     * Nothing was started.
     *
     * @param why which key keeps Codex from running
     */
    public SwitchedOffException(String why) {
        super(
                "Codex is switched off for this bot, as "
                        + why
                        + ". Change that in its configuration (`chela config file` tells where it"
                        + " is) and restart it",
                null);
    }
}
