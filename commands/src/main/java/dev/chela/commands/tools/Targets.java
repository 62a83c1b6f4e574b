package dev.chela.commands.tools;

import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.harness.ToolCall;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a tool call wants to speak (sessions-and-routing §11). Without a target that is where the
 * turn came from; elsewhere only an owner's turn may.
 */
public final class Targets {

    private static final Pattern TELEGRAM =
            Pattern.compile(
                    "(?:telegram:|tg:)?(?:user:|channel:)?(-?\\d{1,20})(?::topic:(\\d{1,20}))?");

    /** The conversation a call is for. */
    Conversation of(ToolCall call) {
        Conversation source = source(call);
        String wish = Arguments.text(call, "target");
        String target = wish.isBlank() ? Arguments.text(call, "to") : wish;
        if (target.isBlank() || target.equals(source.peer())) {
            return source;
        }
        Conversation other = parse(source, target);
        if (!other.equals(source) && !call.turn().source().owner()) {
            throw new ToolRefusal("only an owner's turn may speak in another chat");
        }
        return other;
    }

    boolean isSource(ToolCall call, Conversation to) {
        return source(call).equals(to);
    }

    private static Conversation source(ToolCall call) {
        String token = call.turn().source().token();
        if (token.isEmpty()) {
            throw new ToolRefusal("this turn came from no chat; give a target");
        }
        return Conversation.parse(token);
    }

    private static Conversation parse(Conversation source, String target) {
        Matcher telegram = TELEGRAM.matcher(target);
        if (source.channel().equals("telegram") && telegram.matches()) {
            String peer = telegram.group(1);
            return new Conversation(
                    "telegram",
                    source.account(),
                    peer.startsWith("-") ? ChatKind.GROUP : ChatKind.DIRECT,
                    peer,
                    Optional.ofNullable(telegram.group(2)));
        }
        throw new ToolRefusal(
                "%s is no place on %s; leave target out to speak where you were asked"
                        .formatted(target, source.channel()));
    }
}
