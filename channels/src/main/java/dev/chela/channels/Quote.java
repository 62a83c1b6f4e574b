package dev.chela.channels;

import java.util.Optional;

/**
 * Words of somebody else that came with a message: the one it replies to, or the one it forwards.
 *
 * @param sender what people see; foreign text
 * @param fromBot whether it was ours: a reply to us is a mention
 * @param senderId the platform's id of who wrote it, where the platform tells
 * @param forwarded whether the message has no words of its own but these
 */
public record Quote(
        String messageId,
        String sender,
        String body,
        boolean fromBot,
        Optional<String> senderId,
        boolean forwarded) {}
