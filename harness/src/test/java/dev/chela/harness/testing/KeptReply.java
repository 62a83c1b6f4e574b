package dev.chela.harness.testing;

import dev.chela.harness.appserver.Reply;
import dev.chela.harness.appserver.protocol.RpcId;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Keeps what a request of the server was answered. */
public final class KeptReply implements Reply {

    private final RpcId id;
    private final CompletableFuture<ServerAnswer> answer = new CompletableFuture<>();

    public KeptReply(long id) {
        this.id = RpcId.of(id);
    }

    @Override
    public Optional<RpcId> id() {
        return Optional.of(id);
    }

    @Override
    public boolean answer(ServerAnswer given) {
        return answer.complete(given);
    }

    @Override
    public boolean fail(int code, String text) {
        return answer.completeExceptionally(new AssertionError(text));
    }

    public boolean isAnswered() {
        return answer.isDone();
    }

    /** Waits for the answer. */
    public ServerAnswer await() throws Exception {
        return answer.get(10, TimeUnit.SECONDS);
    }
}
