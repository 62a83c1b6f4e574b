package dev.chela.channels.http;

import java.util.concurrent.Semaphore;

/** The event streams that may be open at once. */
final class StreamSlots {

    private final Semaphore free;

    StreamSlots(int max) {
        free = new Semaphore(max);
    }

    void take() {
        if (!free.tryAcquire()) {
            throw new HttpException(503, "too many pages are connected; close one");
        }
    }

    void release() {
        free.release();
    }
}
