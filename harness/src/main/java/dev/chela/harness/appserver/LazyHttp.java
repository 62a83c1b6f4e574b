package dev.chela.harness.appserver;

import java.net.http.HttpClient;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The HTTP client of all WebSockets; made, with its threads, only when the first one is wanted. */
final class LazyHttp {

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable HttpClient client;

    HttpClient get() {
        lock.lock();
        try {
            HttpClient known = client;
            if (known == null) {
                known = HttpClient.newHttpClient();
                client = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }
}
