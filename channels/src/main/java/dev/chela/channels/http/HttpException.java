package dev.chela.channels.http;

/** A call cannot be served; the status and the message are what the caller is told. */
public final class HttpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    public HttpException(int status, String reason) {
        super(reason);
        this.status = status;
        this.reason = reason;
    }

    /** One sentence for the caller. */
    public String reason() {
        return reason;
    }

    public int status() {
        return status;
    }
}
