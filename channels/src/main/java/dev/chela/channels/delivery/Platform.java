package dev.chela.channels.delivery;

import dev.chela.channels.Channel;
import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.Sent;
import dev.chela.config.state.Checkpoints;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the calls, each between its checkpoints. What an adapter throws is a lost answer. */
final class Platform {

    private static final Logger log = LoggerFactory.getLogger(Platform.class);

    private final Checkpoints checkpoints;

    Platform(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    /** Makes the call of a row whose chunk and target are at hand. */
    Sent call(Channel channel, OutboxRow row, String target, Chunk chunk) {
        Conversation where = row.conversation();
        return switch (row.action()) {
            case SEND -> effect("delivery.send", () -> channel.send(where, chunk, row.key()));
            case EDIT -> effect("delivery.edit", () -> channel.edit(where, target, chunk));
            case DELETE -> effect("delivery.delete", () -> channel.delete(where, target));
            case REACT ->
                    effect("delivery.react", () -> channel.react(where, target, chunk.text()));
        };
    }

    Sent ask(Channel channel, OutboxRow row, Chunk chunk) {
        return effect("delivery.ask", () -> channel.ask(row.conversation(), chunk, row.key()));
    }

    Sent preview(Channel channel, Conversation to, Chunk chunk, String key) {
        return effect("preview.send", () -> channel.send(to, chunk, key));
    }

    Sent previewAgain(Channel channel, Conversation to, String messageId, Chunk chunk) {
        return effect("preview.edit", () -> channel.edit(to, messageId, chunk));
    }

    private Sent effect(String name, Supplier<Sent> call) {
        checkpoints.before(name);
        Sent sent =
                CompletableFuture.supplyAsync(call, Runnable::run)
                        .exceptionally(
                                thrown -> {
                                    log.error("{} threw; its answer counts as lost", name, thrown);
                                    return new Sent.Unknown("the adapter broke off");
                                })
                        .join();
        checkpoints.after(name);
        return sent;
    }
}
