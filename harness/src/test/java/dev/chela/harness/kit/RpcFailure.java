package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A request that the imitated server refuses, with its JSON-RPC code. */
final class RpcFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient @Nullable JsonNode data;

    RpcFailure(int code, String message) {
        this(code, message, null);
    }

    RpcFailure(int code, String message, @Nullable JsonNode data) {
        super(message);
        this.code = code;
        this.data = data;
    }

    static RpcFailure invalid(String message) {
        return new RpcFailure(-32600, message);
    }

    @Nullable JsonNode data() {
        return data;
    }

    int code() {
        return code;
    }
}
