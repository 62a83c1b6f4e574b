package dev.chela.harness.trajectory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Appends lines to one open file, as far as they fit into it. */
final class FileLines {

    /** The last so many bytes of a file are left for the line that says that it is full. */
    private static final int ROOM_LEFT = 1_024;

    private static final int BUFFERED_MAX = 512 << 10;

    private final FileChannel file;
    private final Place place;
    private final EntryJson json;
    private final InstantSource clock;
    private final long fits;
    private final ByteArrayOutputStream buffered = new ByteArrayOutputStream(8 << 10);
    private long size;
    private Entry.@Nullable Piece first;
    private Instant last = Instant.EPOCH;
    private int pieces;
    private long pieceChars;

    FileLines(FileChannel file, Place place, EntryJson json, InstantSource clock, Limits limits)
            throws IOException {
        this.file = file;
        this.place = place;
        this.json = json;
        this.clock = clock;
        this.fits = limits.fileBytes() - ROOM_LEFT;
        this.size = file.size();
    }

    void add(Entry entry) throws IOException {
        switch (entry) {
            case Entry.Piece piece -> add(piece);
            case Entry.Whole whole -> {
                addPieces();
                if (!isFull()) {
                    byte[] line = json.line(whole);
                    add(size + line.length <= fits ? line : json.stub(whole, line.length));
                }
            }
        }
    }

    /** Adds a line of the writer's own. */
    void own(String type, long count) throws IOException {
        addPieces();
        add(json.own(place, clock.instant(), type, count));
    }

    /** Writes what is left. */
    void write() throws IOException {
        addPieces();
        flush();
    }

    private void add(Entry.Piece piece) throws IOException {
        Entry.Piece running = first;
        if (running == null
                || !running.item().equals(piece.item())
                || !running.method().equals(piece.method())) {
            addPieces();
            first = piece;
        }
        last = piece.at();
        pieces++;
        pieceChars += piece.chars();
    }

    private void addPieces() throws IOException {
        Entry.Piece running = first;
        if (running != null) {
            first = null;
            add(json.line(running, last, pieces, pieceChars));
            pieces = 0;
            pieceChars = 0;
        }
    }

    private boolean isFull() {
        return size > fits;
    }

    private void add(byte[] line) throws IOException {
        if (isFull()) {
            return;
        }
        if (size + line.length > fits) {
            putFull();
            return;
        }
        put(line);
    }

    /** The line that closes the file; it is filled up so that the file is seen to be full. */
    private void putFull() throws IOException {
        byte[] line = json.own(place, clock.instant(), "trajectory.full", size);
        while (size + 1 <= fits) {
            put(new byte[] {' '});
        }
        if (line.length <= ROOM_LEFT) {
            put(line);
        }
    }

    private void put(byte[] line) throws IOException {
        buffered.writeBytes(line);
        size += line.length;
        if (buffered.size() >= BUFFERED_MAX) {
            flush();
        }
    }

    /** A line that is half written would spoil the next one. */
    private void flush() throws IOException {
        long before = file.size();
        ByteBuffer bytes = ByteBuffer.wrap(buffered.toByteArray());
        buffered.reset();
        try {
            file.position(before);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            file.truncate(before);
            throw e;
        }
    }
}
