package dev.chela.channels.telegram.kit;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Between HTTP and the server's state, and the place where things go wrong on demand. */
final class FakeResponses implements ResponseDefinitionTransformerV2 {

    static final String NAME = "fake-telegram";

    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");

    private final BotApiServer state;
    private final Function<BotCall, @Nullable Misbehaviour> planned;

    FakeResponses(BotApiServer state, Function<BotCall, @Nullable Misbehaviour> planned) {
        this.state = state;
        this.planned = planned;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean applyGlobally() {
        return true;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        String path = event.getRequest().getUrl();
        String files = "/file/bot" + FakeTelegram.TOKEN + "/documents/";
        if (path.startsWith(files)) {
            return state.content(path.substring(files.length()))
                    .map(content -> builder(200).withBody(content).build())
                    .orElseGet(() -> error(404, "Not Found").build());
        }
        String methods = "/bot" + FakeTelegram.TOKEN + "/";
        if (!path.startsWith(methods)) {
            return error(401, "Unauthorized").build();
        }
        return call(path.substring(methods.length()), event.getRequest());
    }

    private ResponseDefinition call(String method, Request request) {
        Parts parts = Parts.of(request);
        BotCall call = new BotCall(method, parts.values);
        Misbehaviour wrong = planned.apply(call);
        ResponseDefinitionBuilder early = before(wrong);
        if (early != null) {
            state.record(call);
            return early.build();
        }
        if (method.equals("getUpdates")) {
            state.record(call);
        }
        try {
            JsonElement result = state.answer(call, parts.file, parts.fileName);
            return after(wrong, ok(result)).build();
        } catch (BotApiServer.RefusedException e) {
            return error(e.status, e.getMessage()).build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error(500, "stopped").build();
        } finally {
            if (!method.equals("getUpdates")) {
                state.record(call);
            }
        }
    }

    private static @Nullable ResponseDefinitionBuilder before(@Nullable Misbehaviour wrong) {
        return switch (wrong) {
            case Misbehaviour.Refusal(int status, String words) -> error(status, words);
            case Misbehaviour.TooManyRequests(int seconds) -> tooMany(seconds);
            case Misbehaviour.ErrorPage(int status) ->
                    builder(status).withBody("<html>Bad Gateway</html>");
            case Misbehaviour.CutBefore cut -> builder(200).withFault(Fault.EMPTY_RESPONSE);
            case null -> null;
            case Misbehaviour.CutAfter cut -> null;
            case Misbehaviour.Truncated cut -> null;
            case Misbehaviour.Garbage garbage -> null;
            case Misbehaviour.Slow slow -> null;
        };
    }

    private static ResponseDefinitionBuilder after(@Nullable Misbehaviour wrong, String body) {
        ResponseDefinitionBuilder proper =
                builder(200).withHeader("Content-Type", "application/json").withBody(body);
        return switch (wrong) {
            case Misbehaviour.CutAfter cut -> builder(200).withFault(Fault.EMPTY_RESPONSE);
            case Misbehaviour.Truncated cut ->
                    proper.withBody(body.substring(0, body.length() / 2));
            case Misbehaviour.Garbage garbage -> proper.withBody("\u0000 no json");
            case Misbehaviour.Slow(var delay) -> proper.withFixedDelay((int) delay.toMillis());
            case null -> proper;
            case Misbehaviour.Refusal refusal -> proper;
            case Misbehaviour.TooManyRequests many -> proper;
            case Misbehaviour.ErrorPage page -> proper;
            case Misbehaviour.CutBefore cut -> proper;
        };
    }

    private static ResponseDefinitionBuilder tooMany(int seconds) {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("retry_after", seconds);
        JsonObject answer = refusal(429, "Too Many Requests: retry after " + seconds);
        answer.add("parameters", parameters);
        return builder(429).withBody(answer.toString());
    }

    private static String ok(JsonElement result) {
        JsonObject answer = new JsonObject();
        answer.addProperty("ok", true);
        answer.add("result", result);
        return answer.toString();
    }

    private static ResponseDefinitionBuilder error(int status, String description) {
        return builder(status).withBody(refusal(status, description).toString());
    }

    private static JsonObject refusal(int status, String description) {
        JsonObject answer = new JsonObject();
        answer.addProperty("ok", false);
        answer.addProperty("error_code", status);
        answer.addProperty("description", description);
        return answer;
    }

    private static ResponseDefinitionBuilder builder(int status) {
        return ResponseDefinitionBuilder.responseDefinition().withStatus(status);
    }

    /** A request's parameters, and the file among them. */
    private static final class Parts {

        final Map<String, String> values = new LinkedHashMap<>();
        byte[] file = {};
        String fileName = "";

        static Parts of(Request request) {
            Parts parts = new Parts();
            if (request.isMultipart()) {
                for (Request.Part part : request.getParts()) {
                    parts.add(part);
                }
            } else {
                for (String pair : request.getBodyAsString().split("&")) {
                    int equals = pair.indexOf('=');
                    if (equals > 0) {
                        parts.values.put(
                                decode(pair.substring(0, equals)),
                                decode(pair.substring(equals + 1)));
                    }
                }
            }
            return parts;
        }

        private void add(Request.Part part) {
            Matcher named = FILE_NAME.matcher(part.getHeader("Content-Disposition").firstValue());
            if (named.find()) {
                file = part.getBody().asBytes();
                fileName = named.group(1);
            } else {
                values.put(part.getName(), part.getBody().asString());
            }
        }

        private static String decode(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }
}
