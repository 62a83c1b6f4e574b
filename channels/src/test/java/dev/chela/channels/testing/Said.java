package dev.chela.channels.testing;

import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;

/**
 * A message as the people in a conversation see it now.
 *
 * @param key the key it was sent with
 */
public record Said(Conversation where, String messageId, Chunk chunk, String key) {

    public String text() {
        return chunk.text();
    }
}
