package dev.chela.harness.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a peer on a WebSocket, to several clients at once. */
public final class ListeningPeer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ListeningPeer.class);

    private final Peer peer;
    private final ServerSocket socket;

    public ListeningPeer(Peer peer) throws IOException {
        this.peer = peer;
        socket = new ServerSocket(0);
        Thread.ofVirtual().name("listening-peer").start(this::accept);
    }

    /** Where it is reached under that name of this machine. */
    public URI url(String host) {
        return URI.create("ws://%s:%d".formatted(host, socket.getLocalPort()));
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Thread.ofVirtual().name("listening-peer-client").start(() -> serve(client));
            }
        } catch (IOException e) {
            log.debug("listens no more: {}", e.getMessage());
        }
    }

    private void serve(Socket client) {
        try {
            peer.serve(WebSocketWire.accepted(client));
        } catch (IOException e) {
            log.debug("client gone: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
