package dev.chela.harness.auth;

/** A sign-in did not succeed; the message says why and what to do. */
public final class SignInException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SignInException(String message) {
        super(message);
    }
}
