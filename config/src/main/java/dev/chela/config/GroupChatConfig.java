package dev.chela.config;

import dev.chela.config.meta.Range;
import dev.chela.config.meta.Spelled;
import java.util.List;
import java.util.Optional;

/** How the bot behaves among several people; absent values come from the wider section. */
public record GroupChatConfig(
        Optional<VisibleReplies> visibleReplies,
        Optional<List<String>> mentionPatterns,
        @Range(max = 10_000) Optional<Integer> historyLimit,
        Optional<UnmentionedInbound> unmentionedInbound) {

    /** What talk that does not mention the bot becomes. */
    public enum UnmentionedInbound {
        @Spelled("user_request")
        USER_REQUEST,
        @Spelled("room_event")
        ROOM_EVENT
    }
}
