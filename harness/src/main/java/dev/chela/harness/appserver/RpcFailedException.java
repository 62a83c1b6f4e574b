package dev.chela.harness.appserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.appserver.protocol.CodexErrorInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server refused a request. */
public final class RpcFailedException extends AppServerException {

    private static final long serialVersionUID = 1L;
    private static final int TEXT_CHARS_MAX = 500;

    private final String method;
    private final int code;
    private final transient @Nullable JsonNode data;
    private final RpcRefusal refusal;

    public RpcFailedException(String method, int code, @Nullable JsonNode data, String text) {
        super("%s was refused: %s (code %d)".formatted(method, bounded(text), code), null);
        this.method = method;
        this.code = code;
        this.data = data;
        this.refusal = RpcRefusal.of(method, code, data, text);
    }

    public String method() {
        return method;
    }

    public int code() {
        return code;
    }

    public Optional<JsonNode> data() {
        return Optional.ofNullable(data);
    }

    /** Why, as far as Chela knows the reasons. */
    public RpcRefusal refusal() {
        return refusal;
    }

    /** The typed cause, if the server gave one. */
    public Optional<CodexErrorInfo> codexErrorInfo() {
        return data().map(node -> node.get("codexErrorInfo"))
                .filter(node -> !node.isNull())
                .map(CodexErrorInfo::read);
    }

    private static String bounded(String text) {
        return text.length() > TEXT_CHARS_MAX ? text.substring(0, TEXT_CHARS_MAX) + "…" : text;
    }
}
