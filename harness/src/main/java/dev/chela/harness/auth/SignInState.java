package dev.chela.harness.auth;

/** Whether an app-server can use its models, as far as it can tell. */
public enum SignInState {
    /** Somebody is signed in. */
    SIGNED_IN,
    /** Its model provider needs no account. */
    NOT_NEEDED,
    /** An account is needed and there is none. */
    MISSING
}
