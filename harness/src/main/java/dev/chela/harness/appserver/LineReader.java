package dev.chela.harness.appserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Cuts a stream into lines; a line beyond the bound is skipped, only its head is kept. */
final class LineReader {

    private final InputStream in;
    private final int bytesMax;
    private final byte[] chunk = new byte[64 * 1024];
    private int position;
    private int end;

    LineReader(InputStream in, int bytesMax) {
        this.in = in;
        this.bytesMax = bytesMax;
    }

    /** The next line that is not blank; empty at the end. A last line without newline counts. */
    Optional<Frame> next() throws IOException {
        while (true) {
            var line = new ByteArrayOutputStream(256);
            long bytes = 0;
            boolean ended = false;
            while (!ended) {
                if (position == end && !fill()) {
                    if (bytes == 0) {
                        return Optional.empty();
                    }
                    break;
                }
                int stop = position;
                while (stop < end && chunk[stop] != '\n') {
                    stop++;
                }
                ended = stop < end;
                int length = stop - position;
                bytes += length;
                keep(line, length, bytes);
                position = ended ? stop + 1 : stop;
            }
            if (bytes > bytesMax) {
                return Optional.of(new Frame.Oversized(text(line), bytes));
            }
            String text = text(line);
            if (!text.isBlank()) {
                return Optional.of(new Frame.Text(text));
            }
        }
    }

    private void keep(ByteArrayOutputStream line, int length, long bytes) {
        if (bytes <= bytesMax) {
            line.write(chunk, position, length);
        } else if (line.size() > Frame.Oversized.HEAD_MAX) {
            byte[] head = line.toByteArray();
            line.reset();
            line.write(head, 0, Frame.Oversized.HEAD_MAX);
        } else {
            int room = Frame.Oversized.HEAD_MAX - line.size();
            line.write(chunk, position, Math.min(room, length));
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, in.read(chunk));
        return end > 0;
    }

    private static String text(ByteArrayOutputStream line) {
        return line.toString(StandardCharsets.UTF_8);
    }
}
