package dev.chela.channels.delivery;

/** Something could not even be stored for sending; the message says what to do. */
public final class DeliveryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeliveryException(String message) {
        super(message);
    }
}
