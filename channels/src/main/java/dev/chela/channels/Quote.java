package dev.chela.channels;

/**
 * The message that another one replies to.
 *
 * @param fromBot whether it was ours: a reply to us is a mention
 */
public record Quote(String messageId, String sender, String body, boolean fromBot) {}
