package dev.chela.channels.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.channels.ChannelException;
import dev.chela.config.AutoSwitch;
import dev.chela.config.ChelaConfig;
import dev.chela.config.Secret;
import dev.chela.config.TelegramAccount;
import dev.chela.config.load.Environment;
import dev.chela.config.secret.Secrets;
import dev.chela.config.testing.TestConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelegramConfigTest {

    private static final String TOKEN = "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @TempDir private Path directory;

    @Test
    void defaultsAreThoseOfTheSpec() {
        TelegramSettings settings =
                TelegramSettings.of(
                        "default",
                        account("botToken: '" + TOKEN + "'"),
                        Secret.of(TOKEN),
                        AutoSwitch.AUTO);

        assertThat(settings.limits().maxChars()).isEqualTo(4000);
        assertThat(settings.mediaMaxBytes()).isEqualTo(100L << 20);
        assertThat(settings.poll()).isEqualTo(Duration.ofSeconds(50));
        assertThat(settings.stall()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.albumFlush()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.nativeMenu()).isTrue();
        assertThat(settings.linkPreview()).isTrue();
        assertThat(settings.toString()).doesNotContain(TOKEN);
    }

    @Test
    void everySettingIsTakenFromItsKey() {
        TelegramAccount account =
                account(
                        """
                        botToken: '%s', textChunkLimit: 1500, chunkMode: 'newline',
                        mediaMaxMb: 5, pollingStallThresholdMs: 60000, mediaGroupFlushMs: 250,
                        linkPreview: false, reactionNotifications: 'off', timeoutSeconds: 9,
                        commands: { native: false }, apiRoot: 'http://127.0.0.1:81',
                        customCommands: [{ command: 'menu', description: 'Lunch' }],
                        """
                                .formatted(TOKEN));

        TelegramSettings settings =
                TelegramSettings.of("default", account, Secret.of(TOKEN), AutoSwitch.ON);

        assertThat(settings.limits().maxChars()).isEqualTo(1500);
        assertThat(settings.mediaMaxBytes()).isEqualTo(5L << 20);
        assertThat(settings.poll()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.albumFlush()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.linkPreview()).isFalse();
        assertThat(settings.reactions()).isFalse();
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(settings.nativeMenu()).isFalse();
        assertThat(settings.apiRoot()).hasHost("127.0.0.1");
        assertThat(settings.customCommands()).isEqualTo(List.of(new MenuCommand("menu", "Lunch")));
    }

    @Test
    void theTokenIsReadFromItsFile() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), TOKEN + "\n");

        assertThat(token(account("tokenFile: '" + file + "'"))).isEqualTo(Secret.of(TOKEN));
    }

    @Test
    void aLinkIsNoTokenFile() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), TOKEN);
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        assertThatThrownBy(() -> token(account("tokenFile: '" + link + "'")))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("channels.telegram.tokenFile")
                .hasMessageContaining("no regular file");
    }

    @Test
    void anAccountWithoutATokenFileThereIsToldWhere() {
        assertThatThrownBy(() -> token(account("tokenFile: '/nowhere/token'")))
                .hasMessageContaining("/nowhere/token");
    }

    private static Secret token(TelegramAccount account) {
        ChelaConfig config = TestConfig.defaults();
        return TelegramToken.find(
                "default", account, new Secrets(config.secrets(), Environment.of(Map.of())));
    }

    private static TelegramAccount account(String members) {
        return TestConfig.of("{ channels: { telegram: { " + members + " } } }")
                .channels()
                .telegram()
                .orElseThrow()
                .base();
    }
}
