package dev.chela.harness.appserver;

/** What Codex must ask this bot about before it runs a tool could not be asked. */
public final class UnguardedException extends AppServerException {

    private static final long serialVersionUID = 1L;

    /**
     * @param why a clause for people
     */
    public UnguardedException(String why) {
        super(why, null);
    }
}
