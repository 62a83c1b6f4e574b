package dev.chela.channels.http;

/** A call cannot be served; the status and the message are what the caller is told. */
public final class HttpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    public HttpException(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
