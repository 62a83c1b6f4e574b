package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.GroupChatConfig;
import dev.chela.config.MessagesConfig;
import dev.chela.config.VisibleReplies;
import dev.chela.config.testing.TestConfig;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.Source;
import dev.chela.harness.Source.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyPolicyTest {

    private static final ReplyPolicy.Facts PLAIN = new ReplyPolicy.Facts(false, false, true);

    @ParameterizedTest
    @CsvSource({
        "DIRECT, telegram, , , MESSAGE_TOOL",
        "DIRECT, telegram, AUTOMATIC, , AUTOMATIC",
        "DIRECT, telegram, , AUTOMATIC, MESSAGE_TOOL",
        "DIRECT, web, , , AUTOMATIC",
        "DIRECT, web, MESSAGE_TOOL, , MESSAGE_TOOL",
        "GROUP, telegram, , , AUTOMATIC",
        "GROUP, telegram, MESSAGE_TOOL, , MESSAGE_TOOL",
        "GROUP, telegram, MESSAGE_TOOL, AUTOMATIC, AUTOMATIC",
        "CHANNEL, slack, , MESSAGE_TOOL, MESSAGE_TOOL",
    })
    void theConfigDecidesByKindOfChat(
            Kind kind,
            String channel,
            VisibleReplies general,
            VisibleReplies inGroups,
            ReplyMode mode) {
        assertThat(decide(config(general, inGroups), kind, channel, PLAIN)).isEqualTo(mode);
    }

    @Test
    void aCommandIsAlwaysAnswered() {
        assertThat(
                        decide(
                                config(VisibleReplies.MESSAGE_TOOL, null),
                                Kind.DIRECT,
                                "telegram",
                                new ReplyPolicy.Facts(true, false, true)))
                .isEqualTo(ReplyMode.AUTOMATIC);
    }

    @Test
    void talkInTheRoomIsAnsweredOnlyByTheTool() {
        assertThat(
                        decide(
                                config(VisibleReplies.AUTOMATIC, VisibleReplies.AUTOMATIC),
                                Kind.GROUP,
                                "discord",
                                new ReplyPolicy.Facts(false, true, true)))
                .isEqualTo(ReplyMode.WATCHING);
    }

    @Test
    void withoutTheToolRepliesAreAutomatic() {
        ReplyPolicy.Facts toolless = new ReplyPolicy.Facts(false, false, false);
        MessagesConfig config = config(null, null);
        assertThat(decide(config, Kind.DIRECT, "telegram", toolless))
                .isEqualTo(ReplyMode.AUTOMATIC);
    }

    @Test
    void withoutTheToolAWatchedRoomIsStillNotSpokenIn() {
        assertThat(
                        decide(
                                config(null, null),
                                Kind.GROUP,
                                "telegram",
                                new ReplyPolicy.Facts(false, true, false)))
                .isEqualTo(ReplyMode.WATCHING);
    }

    private static ReplyMode decide(
            MessagesConfig config, Kind kind, String channel, ReplyPolicy.Facts facts) {
        Source source = new Source("t", kind, channel, "1", "Ann", false);
        return ReplyPolicy.decide(config, source, facts, ReplyMode.MESSAGE_TOOL);
    }

    private static MessagesConfig config(VisibleReplies general, VisibleReplies inGroups) {
        MessagesConfig defaults = TestConfig.defaults().messages();
        GroupChatConfig groups = defaults.groupChat();
        return new MessagesConfig(
                Optional.ofNullable(general),
                new GroupChatConfig(
                        Optional.ofNullable(inGroups),
                        groups.mentionPatterns(),
                        groups.historyLimit(),
                        groups.unmentionedInbound()),
                defaults.queue(),
                defaults.inbound(),
                defaults.responsePrefix(),
                defaults.ackReaction(),
                defaults.ackReactionScope(),
                defaults.removeAckAfterReply(),
                defaults.tts());
    }
}
