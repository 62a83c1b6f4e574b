package dev.chela.commands.core;

import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.commands.Command;
import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.commands.CommandSpec.Kind;
import dev.chela.commands.Sanitised;

/** {@code /whoami}: who the bot takes the sender for, and what to write into an allow-list. */
public final class WhoamiCommand implements Command {

    private static final int NAME_CHARS_MAX = 64;

    @Override
    public CommandSpec spec() {
        return CommandSpec.of("whoami", "", "who you are to this bot", Group.INFORMATION)
                .withAliases("id")
                .as(Kind.INLINE);
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        Conversation place = call.conversation();
        StringBuilder answer = new StringBuilder();
        line(answer, "Channel", place.channel());
        line(answer, "You", call.sender().id());
        call.sender().username().ifPresent(name -> line(answer, "Username", name));
        if (place.kind() != ChatKind.DIRECT) {
            line(answer, "Chat", place.peer());
        }
        place.thread().ifPresent(thread -> line(answer, "Thread", thread));
        line(answer, "For `allowFrom`", place.channel() + ":" + call.sender().id());
        answer.append("- Owner: ").append(call.source().owner() ? "yes" : "no");
        return CommandAnswer.say(answer.toString());
    }

    private static void line(StringBuilder answer, String label, String value) {
        answer.append("- ")
                .append(label)
                .append(": ")
                .append(Sanitised.code(value, NAME_CHARS_MAX))
                .append('\n');
    }
}
