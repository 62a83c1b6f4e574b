package dev.chela.commands;

import dev.chela.channels.Conversation;
import dev.chela.channels.Sender;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;

/**
 * One run of a command.
 *
 * @param session the session of the conversation it was typed in
 * @param arguments what follows the name, trimmed, case kept
 * @param ticket the inbox ticket; the same ticket runs a command once
 * @param messageId the platform's id of the message
 * @param alone whether the command was the whole message; a directive inside prose stores nothing
 */
public record CommandCall(
        SessionKey session,
        Source source,
        Conversation conversation,
        Sender sender,
        String arguments,
        long ticket,
        String messageId,
        boolean alone) {

    /** The same call with other arguments, for a subcommand. */
    public CommandCall withArguments(String rest) {
        return new CommandCall(
                session, source, conversation, sender, rest, ticket, messageId, alone);
    }
}
