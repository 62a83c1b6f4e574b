package dev.chela.harness.kit;

/** A request that the imitated server refuses, with its JSON-RPC code. */
final class RpcFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int code;

    RpcFailure(int code, String message) {
        super(message);
        this.code = code;
    }

    static RpcFailure invalid(String message) {
        return new RpcFailure(-32600, message);
    }

    int code() {
        return code;
    }
}
