package dev.chela.channels.http;

/** The port is taken; the message names the port, its holder where known, and the way out. */
public final class PortBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int port;

    PortBusyException(String host, int port, String holder, Throwable cause) {
        super(
                "port %d on %s is in use by %s; end it, or choose another with --port"
                        .formatted(port, host, holder),
                cause);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
