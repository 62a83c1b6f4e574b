package dev.chela.channels.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.channels.ChannelException;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Sent;
import dev.chela.channels.UnconnectedChannel;
import dev.chela.config.testing.TestConfig;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiscordChannelTest {

    private final UnconnectedChannel channel =
            DiscordChannel.of(
                    "default",
                    TestConfig.of(
                                    "{ channels: { discord: { token:"
                                            + " 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GhIjKl.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'"
                                            + " } } }")
                            .channels()
                            .discord()
                            .orElseThrow()
                            .base());
    private final Conversation room =
            new Conversation("discord", "default", ChatKind.CHANNEL, "C1", Optional.empty());

    @Test
    void itSaysEverywhereThatItIsNotAvailable() {
        assertThat(channel.health().listening()).isFalse();
        assertThat(channel.health().problem().orElseThrow())
                .contains("discord is not available in this version");
        assertThatThrownBy(() -> channel.start((events, cursor) -> {}))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("channels.discord.enabled");
        Chunk chunk = channel.render(room, OutboundMessage.of("hi")).getFirst();
        assertThat(channel.send(room, chunk, "k")).isInstanceOf(Sent.Refused.class);
    }

    @Test
    void itRendersWithinItsLimits() {
        assertThat(channel.capabilities().maxChars()).isEqualTo(2000);
        assertThat(channel.render(room, OutboundMessage.of("**hi** @everyone")).getFirst().text())
                .isEqualTo("**hi** @\u200Beveryone");
        assertThat(channel.render(room, OutboundMessage.of("word ".repeat(1000))))
                .hasSizeGreaterThan(1);
    }
}
