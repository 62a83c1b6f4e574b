package dev.chela.channels.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one local HTTP server, on virtual threads; others mount handlers on it.
 *
 * <p>Bounds: 256 connections, 100 request headers of 32 KiB together, 2 minutes for a request to
 * arrive, 30 s for a peer to read what was written. Request bodies are bounded by who reads them;
 * of a refused one up to 32 MiB are read and dropped, so that the peer learns why.
 */
public final class LocalHttp implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LocalHttp.class);
    private static final Duration WRITE_MAX = Duration.ofSeconds(30);
    private static final Duration SWEEP = Duration.ofSeconds(5);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Mounts mounts = new Mounts();
    private final SlowPeers slowPeers = new SlowPeers(WRITE_MAX, SWEEP);
    private final StreamSlots slots;
    private final Door door = new Door();
    private final Gate gate;
    private final AccessToken token;
    private final String host;
    private volatile boolean listening;
    private volatile boolean closing;

    private LocalHttp(
            HttpServer server, HttpSettings settings, AccessToken token, InstantSource clock) {
        this.server = server;
        this.token = token;
        this.host = settings.reachedAt();
        this.slots = new StreamSlots(settings.streamsMax());
        this.gate =
                new Gate(
                        settings.allowedHosts(),
                        token,
                        new Lockout(
                                settings.failuresMax(),
                                settings.window(),
                                settings.lockout(),
                                clock),
                        "chela_" + port(),
                        settings.open());
        mount(Door.STYLE_PATH, Access.OPEN, door::style);
        mount(Door.SIGN_IN_PATH, Access.OPEN, gate::signInForm);
    }

    /**
     * Takes the port; whoever connects waits until {@link #listen()}.
     *
     * @throws PortBusyException if something else listens on the port
     */
    public static LocalHttp bind(HttpSettings settings, AccessToken token, InstantSource clock) {
        setLimits();
        LocalHttp http = new LocalHttp(bound(settings), settings, token, clock);
        http.server.createContext("/", http::serve);
        http.server.setExecutor(http.threads);
        return http;
    }

    /** Answers from now on; paths that nobody mounted are 404. */
    public LocalHttp listen() {
        listening = true;
        server.start();
        log.info("http.listening address={}", address());
        return this;
    }

    /**
     * Lets {@code handler} answer {@code path}, or all paths below it if it ends with a slash.
     *
     * @return takes the handler away again
     */
    public Runnable mount(String path, Access access, Handler handler) {
        return mounts.add(path, access, handler);
    }

    /** The port in use, also when a free one was asked for. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where the server is reached, without the token. */
    public URI address() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + port() + "/");
    }

    /** The address that signs a browser in: a secret, for the owner's eyes only. */
    public URI signInAddress() {
        return address()
                .resolve(
                        "/?token="
                                + URLEncoder.encode(
                                        token.token().reveal(), StandardCharsets.UTF_8));
    }

    /** A name of this server that is safe to show; tells two servers on one port apart. */
    public String fingerprint() {
        return token.fingerprint();
    }

    /** Ends every call, streams too, and frees the port; idempotent. */
    @Override
    public void close() {
        closing = true;
        threads.shutdownNow();
        if (!listening) { // the JDK's server lets go of its port only in the thread it starts
            listening = true;
            server.start();
        }
        server.stop(0);
        slowPeers.close();
    }

    private static HttpServer bound(HttpSettings settings) {
        try {
            return HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
        } catch (BindException e) {
            throw new PortBusyException(
                    settings.host(), settings.port(), PortHolder.describe(settings.port()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot listen on " + settings.host() + ":" + settings.port(), e);
        }
    }

    private void serve(HttpExchange exchange) {
        try (exchange) {
            SecurityHeaders.addTo(exchange.getResponseHeaders());
            answer(new Call(exchange, slowPeers, slots));
        } catch (IOException e) {
            log.debug(
                    "http.gone path={} reason={}",
                    exchange.getRequestURI().getPath(),
                    e.toString());
        } catch (HttpException e) {
            log.debug("http.refused status={} reason={}", e.status(), e.getMessage());
        }
    }

    private void answer(Call call) throws IOException {
        try {
            Mounts.Mount mount =
                    mounts.find(call.path())
                            .orElse(new Mounts.Mount(Access.OPEN, LocalHttp::notFound));
            if (gate.admit(call, mount.access())) {
                mount.handler().handle(call);
            }
        } catch (HttpException e) {
            refuse(call, e);
        } catch (RuntimeException e) { // the root of the call's thread
            if (closing) {
                log.debug("http.cut path={} reason={}", call.path(), e.toString());
                return;
            }
            log.error("http.failed method={} path={}", call.method(), call.path(), e);
            refuse(call, new HttpException(500, "the request failed; see the log"));
        }
    }

    private static void notFound(Call call) {
        throw new HttpException(404, "there is nothing here");
    }

    private void refuse(Call call, HttpException reason) throws IOException {
        if (call.answered()) {
            return;
        }
        if (call.wantsPage()) {
            door.refuse(call, reason);
        } else {
            call.json(reason.status(), "{\"error\":" + quoted(reason.reason()) + "}");
        }
    }

    private static String quoted(String text) {
        return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    }

    /** The JDK reads these once, when its server is first used. */
    private static void setLimits() {
        setIfUnset("sun.net.httpserver.nodelay", "true");
        setIfUnset("sun.net.httpserver.maxReqHeaders", "100");
        setIfUnset("sun.net.httpserver.maxReqHeaderSize", "32768");
        setIfUnset("sun.net.httpserver.maxReqTime", "120");
        setIfUnset("jdk.httpserver.maxConnections", "256");
        // A refused body is read to its end: a connection reset in its middle hides the answer.
        setIfUnset("sun.net.httpserver.drainAmount", "33554432");
    }

    private static void setIfUnset(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
