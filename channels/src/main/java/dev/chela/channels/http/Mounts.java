package dev.chela.channels.http;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What answers which path: an exact path, or everything below one that ends with a slash. */
final class Mounts {

    record Mount(Access access, Handler handler) {}

    private final Map<String, Mount> byPath = new ConcurrentHashMap<>();

    /** Adds a handler; the result takes it away again. */
    Runnable add(String path, Access access, Handler handler) {
        Mount mount = new Mount(access, handler);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path '" + path + "' does not begin with '/'");
        }
        if (byPath.putIfAbsent(path, mount) != null) {
            throw new IllegalStateException("something is mounted on " + path + " already");
        }
        return () -> byPath.remove(path, mount);
    }

    Optional<Mount> find(String path) {
        Mount exact = byPath.get(path);
        if (exact != null) {
            return Optional.of(exact);
        }
        for (int slash = path.lastIndexOf('/');
                slash > 0;
                slash = path.lastIndexOf('/', slash - 1)) {
            Mount prefix = byPath.get(path.substring(0, slash + 1));
            if (prefix != null) {
                return Optional.of(prefix);
            }
        }
        return Optional.empty();
    }
}
