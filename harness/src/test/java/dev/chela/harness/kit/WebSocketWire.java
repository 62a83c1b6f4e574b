package dev.chela.harness.kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The server's end of a WebSocket, as far as Chela's client uses it: text frames and the end. */
final class WebSocketWire implements Wire {

    private static final String ACCEPTING = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int LAST = 0x80;
    private static final int LENGTH_OF_TWO_BYTES = 126;
    private static final int LENGTH_OF_EIGHT_BYTES = 127;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private WebSocketWire(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** Accepts whatever the client asks for. */
    static WebSocketWire accepted(Socket socket) throws IOException {
        var wire = new WebSocketWire(socket);
        var key = wire.key();
        wire.out.write(
                """
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: %s\r
                \r
                """
                        .formatted(digest(key + ACCEPTING))
                        .getBytes(ISO_8859_1));
        wire.out.flush();
        return wire;
    }

    private String key() throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString()
                .lines()
                .filter(line -> line.toLowerCase().startsWith("sec-websocket-key:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow(() -> new IOException("no WebSocket is asked for: " + head));
    }

    private static String digest(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-1").digest(text.getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(sha);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public @Nullable String read() throws IOException {
        var text = new StringBuilder();
        while (true) {
            int head = in.readUnsignedByte();
            var payload = payload(in.readUnsignedByte() & ~LAST);
            if ((head & ~LAST) == CLOSE) {
                return null;
            }
            text.append(new String(payload, UTF_8));
            if ((head & LAST) != 0) {
                return text.toString();
            }
        }
    }

    private byte[] payload(int announced) throws IOException {
        int length =
                switch (announced) {
                    case LENGTH_OF_TWO_BYTES -> in.readUnsignedShort();
                    case LENGTH_OF_EIGHT_BYTES -> Math.toIntExact(in.readLong());
                    default -> announced;
                };
        var mask = in.readNBytes(Integer.BYTES);
        var payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % mask.length];
        }
        return payload;
    }

    @Override
    public void write(String line) throws IOException {
        var bytes = line.getBytes(UTF_8);
        synchronized (out) {
            out.write(LAST | TEXT);
            announce(bytes.length);
            out.write(bytes);
            out.flush();
        }
    }

    private void announce(int length) throws IOException {
        if (length < LENGTH_OF_TWO_BYTES) {
            out.write(length);
        } else if (length <= 0xFFFF) {
            out.write(LENGTH_OF_TWO_BYTES);
            out.writeShort(length);
        } else {
            out.write(LENGTH_OF_EIGHT_BYTES);
            out.writeLong(length);
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
