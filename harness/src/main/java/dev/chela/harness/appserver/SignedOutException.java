package dev.chela.harness.appserver;

/** A server that this bot did not start wants an account, and gets no key of this machine. */
public final class SignedOutException extends AppServerException {

    private static final long serialVersionUID = 1L;

    /** Where to sign in instead. */
    public static final String NEXT_STEP =
            "Sign in there: run `codex login` on its machine, or here `chela models auth login"
                    + " --device-code`";

    public SignedOutException() {
        super(
                "the app-server at appServer.url is not signed in and gets no key of this machine. "
                        + NEXT_STEP,
                null);
    }
}
