package dev.chela.harness.session;

import dev.chela.config.MessagesConfig;
import dev.chela.config.VisibleReplies;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.Source;

/** How an answer becomes visible, decided before the turn (sessions-and-routing §10). Pure. */
public final class ReplyPolicy {

    private ReplyPolicy() {}

    /**
     * What is known of a message besides where it came from.
     *
     * @param command whether it is a native command, or a text command of someone authorized
     * @param ambient whether it is talk in the room that did not address the bot
     * @param messageTool whether the agent will have the {@code message} tool
     */
    public record Facts(boolean command, boolean ambient, boolean messageTool) {}

    /**
     * The mode of a turn that answers {@code source}.
     *
     * @param harnessDefault what the harness wants of direct chats when nothing is configured; the
     *     Codex harness wants {@link ReplyMode#MESSAGE_TOOL}
     */
    public static ReplyMode decide(
            MessagesConfig config, Source source, Facts facts, ReplyMode harnessDefault) {
        ReplyMode wanted = wanted(config, source, facts, harnessDefault);
        return wanted == ReplyMode.MESSAGE_TOOL && !facts.messageTool()
                ? ReplyMode.AUTOMATIC
                : wanted;
    }

    private static ReplyMode wanted(
            MessagesConfig config, Source source, Facts facts, ReplyMode harnessDefault) {
        if (facts.ambient()) {
            return ReplyMode.WATCHING;
        }
        if (facts.command()) {
            return ReplyMode.AUTOMATIC;
        }
        return switch (source.kind()) {
            case GROUP, CHANNEL ->
                    config.groupChat()
                            .visibleReplies()
                            .or(config::visibleReplies)
                            .map(ReplyPolicy::mode)
                            .orElse(ReplyMode.AUTOMATIC);
            case DIRECT, INTERNAL ->
                    config.visibleReplies()
                            .map(ReplyPolicy::mode)
                            .orElse(isLocal(source) ? ReplyMode.AUTOMATIC : harnessDefault);
        };
    }

    private static boolean isLocal(Source source) {
        return source.kind() == Source.Kind.INTERNAL || source.channel().equals("web");
    }

    private static ReplyMode mode(VisibleReplies configured) {
        return switch (configured) {
            case AUTOMATIC -> ReplyMode.AUTOMATIC;
            case MESSAGE_TOOL -> ReplyMode.MESSAGE_TOOL;
        };
    }
}
