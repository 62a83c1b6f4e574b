package dev.chela.harness.codex;

/** The app-server wants an account and there is none. */
public final class NotSignedInException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotSignedInException() {
        super("the app-server needs an account; run chela models auth login --device-code");
    }
}
