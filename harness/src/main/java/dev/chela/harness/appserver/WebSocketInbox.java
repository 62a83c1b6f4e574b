package dev.chela.harness.appserver;

import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Puts a WebSocket's frames together; holds one whole message at most. */
final class WebSocketInbox implements WebSocket.Listener {

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private StringBuilder partial = new StringBuilder();
    private long partialBytes;

    /** Waits for the next message and asks the peer for one more. */
    Frame take(WebSocket socket) throws InterruptedException {
        Frame frame = frames.take();
        if (frame instanceof Frame.End) {
            frames.add(frame);
        } else {
            socket.request(1);
        }
        return frame;
    }

    void end(String reason) {
        frames.add(new Frame.End(reason));
    }

    @Override
    public void onOpen(WebSocket socket) {
        socket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        partialBytes += data.length();
        if (partialBytes <= WebSocketTransport.MESSAGE_BYTES_MAX) {
            partial.append(data);
        } else if (partial.length() > Frame.Oversized.HEAD_MAX) {
            partial.setLength(Frame.Oversized.HEAD_MAX);
            partial.trimToSize();
        }
        if (!last) {
            socket.request(1);
            return null;
        }
        frames.add(
                partialBytes <= WebSocketTransport.MESSAGE_BYTES_MAX
                        ? new Frame.Text(partial.toString())
                        : new Frame.Oversized(partial.toString(), partialBytes));
        partial = new StringBuilder();
        partialBytes = 0;
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        String bounded = reason.length() > 200 ? reason.substring(0, 200) : reason;
        end("the peer closed the WebSocket with %d %s".formatted(code, bounded).strip());
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        end("the WebSocket broke: " + error);
    }
}
