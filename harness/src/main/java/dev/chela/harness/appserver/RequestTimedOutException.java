package dev.chela.harness.appserver;

/** No answer came in time; the connection lives and what was asked may still be done. */
public final class RequestTimedOutException extends AppServerException {

    private static final long serialVersionUID = 1L;

    public RequestTimedOutException(String message) {
        super(message, null);
    }
}
