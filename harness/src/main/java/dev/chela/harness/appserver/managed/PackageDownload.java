package dev.chela.harness.appserver.managed;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** Fetches a package into a file, going on where an earlier try stopped. */
final class PackageDownload {

    private static final int REDIRECTS_MAX = 5;
    private static final int METADATA_BYTES_MAX = 4 * 1024 * 1024;
    private static final long STEP_BYTES = 1024 * 1024;

    private final HttpClient http;
    private final NpmSettings settings;
    private final Duration idleMax;

    PackageDownload(HttpClient http, NpmSettings settings, Duration idleMax) {
        this.http = http;
        this.settings = settings;
        this.idleMax = idleMax;
    }

    /** A status that says no. */
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        private final int status;

        RefusedException(URI address, int status) {
            super("%s answered HTTP %d".formatted(shown(address), status));
            this.status = status;
        }

        int status() {
            return status;
        }

        /** Whether asking again may help. */
        boolean isPassing() {
            return status >= 500 || status == 429;
        }
    }

    /** Where npm registries keep a package's file. */
    static URI conventional(URI registry, CodexLock.Entry entry) {
        String file = entry.name().substring(entry.name().lastIndexOf('/') + 1);
        return registry.resolve("%s/-/%s-%s.tgz".formatted(entry.name(), file, entry.version()));
    }

    /**
     * Fetches the rest of {@code partial}.
     *
     * @throws IOException if it stops before the end; what came is kept for the next try
     */
    void fetch(URI registry, CodexLock.Entry entry, Path partial, InstallProgress progress)
            throws IOException {
        try {
            fetch(conventional(registry, entry), partial, progress);
        } catch (RefusedException e) {
            if (e.status() != 404) {
                throw e;
            }
            // Some registries keep files elsewhere and say where; the digest is ours anyway.
            fetch(described(registry, entry, e), partial, progress);
        }
    }

    private void fetch(URI address, Path partial, InstallProgress progress) throws IOException {
        long have = Files.exists(partial) ? Files.size(partial) : 0;
        String range = "bytes=%d-".formatted(have);
        HttpResponse<InputStream> response =
                get(address, have > 0 ? Optional.of(range) : Optional.empty());
        try (InputStream body = response.body();
                var guard = new StallGuard(body, idleMax)) {
            switch (response.statusCode()) {
                case 200 -> copy(response, body, partial, 0, guard, progress);
                case 206 -> copy(response, body, partial, have, guard, progress);
                // All of it is there, or more than there is: the digest tells.
                case 416 -> progress.at(InstallProgress.Stage.DOWNLOADING, have, have);
                default -> throw new RefusedException(address, response.statusCode());
            }
        }
    }

    private static void copy(
            HttpResponse<InputStream> response,
            InputStream body,
            Path partial,
            long from,
            StallGuard guard,
            InstallProgress progress)
            throws IOException {
        long length = response.headers().firstValueAsLong("content-length").orElse(-1);
        long total = length < 0 ? -1 : from + length;
        long done = from;
        long told = done;
        progress.at(InstallProgress.Stage.DOWNLOADING, done, total);
        try (OutputStream out =
                Files.newOutputStream(
                        partial,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        from == 0
                                ? StandardOpenOption.TRUNCATE_EXISTING
                                : StandardOpenOption.APPEND)) {
            byte[] chunk = new byte[128 * 1024];
            for (int read = next(body, chunk, guard); read >= 0; read = next(body, chunk, guard)) {
                out.write(chunk, 0, read);
                guard.progressed();
                done += read;
                if (done - told >= STEP_BYTES) {
                    progress.at(InstallProgress.Stage.DOWNLOADING, done, total);
                    told = done;
                }
            }
        }
        if (total >= 0 && done < total) {
            throw new IOException("the download stopped at %d of %d bytes".formatted(done, total));
        }
        progress.at(InstallProgress.Stage.DOWNLOADING, done, total);
    }

    private static int next(InputStream body, byte[] chunk, StallGuard guard) throws IOException {
        try {
            return body.read(chunk);
        } catch (IOException e) {
            throw guard.explained(e);
        }
    }

    private URI described(URI registry, CodexLock.Entry entry, RefusedException refused)
            throws IOException {
        URI address = registry.resolve(entry.name() + "/" + entry.version());
        HttpResponse<InputStream> response = get(address, Optional.empty());
        try (InputStream body = response.body();
                var guard = new StallGuard(body, idleMax)) {
            if (response.statusCode() != 200) {
                throw refused;
            }
            byte[] text = body.readNBytes(METADATA_BYTES_MAX);
            guard.progressed();
            String tarball = new ObjectMapper().readTree(text).at("/dist/tarball").asText();
            URI found = URI.create(tarball);
            if (found.getHost() == null || found.equals(conventional(registry, entry))) {
                throw refused;
            }
            return found;
        } catch (IllegalArgumentException e) {
            throw refused;
        }
    }

    /** Follows redirects itself: credentials stay with the host they are for. */
    private HttpResponse<InputStream> get(URI start, Optional<String> range) throws IOException {
        URI address = start;
        for (int hop = 0; hop <= REDIRECTS_MAX; hop++) {
            var request = HttpRequest.newBuilder(address).GET().timeout(idleMax);
            range.ifPresent(bytes -> request.header("Range", bytes));
            Optional<Secret> authorization = settings.authorization(address);
            authorization.ifPresent(value -> request.header("Authorization", value.reveal()));
            HttpResponse<InputStream> response = sent(request.build());
            Optional<String> location = response.headers().firstValue("location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return response;
            }
            response.body().close();
            address = redirected(address, location.get());
        }
        throw new IOException("%s redirects too often".formatted(shown(start)));
    }

    private HttpResponse<InputStream> sent(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the download was interrupted", e);
        }
    }

    private static URI redirected(URI from, String location) throws IOException {
        try {
            URI to = from.resolve(location);
            boolean safe =
                    "https".equals(to.getScheme())
                            || "http".equals(to.getScheme()) && "http".equals(from.getScheme());
            if (safe && to.getHost() != null) {
                return to;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("%s redirects to no address".formatted(shown(from)), e);
        }
        throw new IOException("%s redirects to an unsafe address".formatted(shown(from)));
    }

    /** An address without user info and query. */
    static String shown(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return "%s://%s%s%s"
                .formatted(address.getScheme(), address.getHost(), port, address.getRawPath());
    }
}
