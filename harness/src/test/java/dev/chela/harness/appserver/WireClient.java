package dev.chela.harness.appserver;

import dev.chela.harness.kit.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Opens Chela's own client on the wires of the test kit. */
public final class WireClient {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private WireClient() {}

    /** A client over {@code wire}, handshake done. */
    public static AppServer open(Wire wire) {
        return open(wire, DEADLINE);
    }

    /**
     * A client over {@code wire} that gives up on requests early.
     *
     * @param requestTimeout on the clock of this machine
     */
    public static AppServer open(Wire wire, Duration requestTimeout) {
        return ConnectedAppServer.introduce(
                new Carrier(wire), new Mortal(), requestTimeout, DEADLINE);
    }

    /** A client of a server that listens on this machine and asks for no proof. */
    public static AppServer open(URI url) {
        return ConnectedAppServer.introduce(
                WebSocketTransport.connect(HTTP, url, Optional.empty(), Map.of(), DEADLINE),
                ConnectedAppServer.Peer.at(Place.OWN),
                DEADLINE,
                DEADLINE);
    }

    /** A server that ends with its wire, so that nobody else can be connected to it. */
    record Mortal() implements ConnectedAppServer.Peer {

        @Override
        public Optional<Long> pid() {
            return Optional.empty();
        }

        @Override
        public String stderrTail() {
            return "";
        }

        @Override
        public boolean livesOn() {
            return false;
        }
    }

    /** Any wire as a transport. */
    private record Carrier(Wire wire) implements Transport {

        @Override
        public String endpoint() {
            return "test wire";
        }

        @Override
        public long bytesMax() {
            return Integer.MAX_VALUE;
        }

        @Override
        public void send(String message) throws IOException {
            wire.write(message);
        }

        @Override
        public Frame receive() {
            try {
                var line = wire.read();
                return line == null ? new Frame.End("end of wire") : new Frame.Text(line);
            } catch (IOException e) {
                return new Frame.End("wire broken");
            }
        }

        @Override
        public void close() {
            wire.close();
        }
    }
}
