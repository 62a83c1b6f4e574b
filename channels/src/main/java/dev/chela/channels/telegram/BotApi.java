package dev.chela.channels.telegram;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.pengrad.telegrambot.request.BaseRequest;
import dev.chela.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The Bot API over HTTP.
 *
 * <p>Nothing is sent twice: the client's own retries and redirects are off. Pooled connections are
 * kept only briefly, because writing to one that the other side has just closed leaves a message
 * unknown. The token is in every address, so no address is ever shown.
 */
final class BotApi implements AutoCloseable {

    private static final int MAX_ANSWER_BYTES = 32 << 20;
    private static final int MAX_DESCRIPTION = 300;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final String methods;
    private final String files;
    private final Secret token;
    private final OkHttpClient client;
    private final CallsInFlight inFlight = new CallsInFlight();

    BotApi(TelegramSettings settings) {
        this.token = settings.token();
        String root = root(settings.apiRoot(), token);
        this.methods = root + "/bot" + token.reveal() + "/";
        this.files = root + "/file/bot" + token.reveal() + "/";
        OkHttpClient.Builder builder =
                new OkHttpClient.Builder()
                        .retryOnConnectionFailure(false)
                        .followRedirects(false)
                        .connectionPool(new ConnectionPool(8, 20, TimeUnit.SECONDS))
                        .connectTimeout(CONNECT_TIMEOUT)
                        .readTimeout(settings.timeout())
                        .writeTimeout(settings.timeout())
                        .eventListenerFactory(call -> stage(call.request()));
        settings.proxy().ifPresent(proxy -> builder.proxy(proxy(proxy)));
        this.client = builder.build();
    }

    /** Makes a call; blocks until it ended one way or the other. */
    ApiReply call(BaseRequest<?, ?> request) {
        return call(request, client, false);
    }

    /** Makes a call that the server answers only after {@code wait}. */
    ApiReply longCall(BaseRequest<?, ?> request, Duration wait) {
        OkHttpClient patient =
                client.newBuilder()
                        .readTimeout(wait.plus(GRACE))
                        .callTimeout(wait.plus(GRACE).plus(CONNECT_TIMEOUT))
                        .build();
        return call(request, patient, true);
    }

    private ApiReply call(BaseRequest<?, ?> request, OkHttpClient with, boolean poll) {
        SendStage stage = new SendStage();
        Request http =
                new Request.Builder()
                        .url(methods + request.getMethod())
                        .tag(SendStage.class, stage)
                        .post(RequestBodies.of(request))
                        .build();
        Call call = with.newCall(http);
        if (!inFlight.enter(call, poll)) {
            return new ApiReply.NotSent(request.getMethod() + ": the channel is closed");
        }
        try (Response response = call.execute()) {
            return read(response);
        } catch (IOException e) {
            String reason = request.getMethod() + ": " + scrub(e.toString());
            return stage.begun() ? new ApiReply.Lost(reason) : new ApiReply.NotSent(reason);
        } finally {
            inFlight.leave(call);
        }
    }

    private ApiReply read(Response response) throws IOException {
        byte[] body;
        try (InputStream in = response.body().byteStream()) {
            body = in.readNBytes(MAX_ANSWER_BYTES);
        } catch (IOException e) {
            // The status line tells enough of an error; of a success it tells too little.
            if (response.isSuccessful()) {
                throw e;
            }
            body = new byte[0];
        }
        JsonObject answer = object(new String(body, StandardCharsets.UTF_8));
        if (answer == null) {
            return response.isSuccessful()
                    ? new ApiReply.Lost("the answer is not readable JSON")
                    : new ApiReply.Rejected(
                            response.code(),
                            "no JSON answer",
                            retryAfter(response),
                            Optional.empty());
        }
        JsonElement result = answer.get("result");
        if (isTrue(answer.get("ok")) && result != null) {
            return new ApiReply.Ok(result);
        }
        return rejected(answer, response);
    }

    private ApiReply rejected(JsonObject answer, Response response) {
        JsonObject parameters =
                answer.get("parameters") instanceof JsonObject object ? object : new JsonObject();
        String description =
                answer.get("description") == null ? "" : answer.get("description").toString();
        int code = number(answer.get("error_code")).map(Long::intValue).orElse(response.code());
        if (code < 400) {
            return new ApiReply.Lost("the answer is neither a result nor an error");
        }
        Optional<Duration> pause = number(parameters.get("retry_after")).map(Duration::ofSeconds);
        return new ApiReply.Rejected(
                code,
                scrub(description.substring(0, Math.min(MAX_DESCRIPTION, description.length()))),
                pause.isPresent() ? pause : retryAfter(response),
                number(parameters.get("migrate_to_chat_id")));
    }

    /**
     * The content of a file on Telegram's side; the caller closes it.
     *
     * @throws IOException if it cannot be had; the message holds no address
     */
    Response file(String path) throws IOException {
        Request http =
                new Request.Builder()
                        .url(files + path)
                        .tag(SendStage.class, new SendStage())
                        .build();
        return client.newCall(http).execute();
    }

    /** The text without the token. */
    String scrub(String text) {
        return text.replace(token.reveal(), "***");
    }

    /** Ends polls at once and lets other calls finish for {@link #GRACE}; later ones fail. */
    @Override
    public void close() {
        inFlight.close(GRACE);
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private static SendStage stage(Request request) {
        SendStage stage = request.tag(SendStage.class);
        return stage == null ? new SendStage() : stage;
    }

    private static @Nullable JsonObject object(String text) {
        try {
            return JsonParser.parseString(text) instanceof JsonObject object ? object : null;
        } catch (JsonParseException e) {
            return null;
        }
    }

    private static boolean isTrue(@Nullable JsonElement element) {
        return element != null && element.isJsonPrimitive() && element.getAsBoolean();
    }

    private static Optional<Long> number(@Nullable JsonElement element) {
        if (element == null || !element.isJsonPrimitive()) {
            return Optional.empty();
        }
        try {
            return Optional.of(element.getAsLong());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> retryAfter(Response response) {
        String value = response.header("Retry-After", "");
        return value != null && value.matches("\\d{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : Optional.empty();
    }

    private static String root(URI apiRoot, Secret token) {
        String root = apiRoot.toString().replaceAll("/+$", "");
        String suffix = "/bot" + token.reveal();
        return root.endsWith(suffix) ? root.substring(0, root.length() - suffix.length()) : root;
    }

    private static Proxy proxy(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        Proxy.Type type = scheme.startsWith("socks") ? Proxy.Type.SOCKS : Proxy.Type.HTTP;
        int port = uri.getPort() >= 0 ? uri.getPort() : type == Proxy.Type.SOCKS ? 1080 : 8080;
        return new Proxy(type, InetSocketAddress.createUnresolved(uri.getHost(), port));
    }
}
