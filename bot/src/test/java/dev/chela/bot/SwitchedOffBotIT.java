package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bot whose configuration does not let Codex run. */
final class SwitchedOffBotIT {

    @TempDir private Path root;

    @Test
    void nothingRunsAndPeopleLearnWhichKeySaysSo() throws IOException {
        try (BotFixture bot = bot("codex: { enabled: true, config", "codex: { config")) {
            Chat ann = bot.person(0);

            ann.says("run touch it");

            ann.awaitText(
                    "⚠️ Nothing was sent: Codex is switched off for this bot, as"
                            + " plugins.entries.codex.enabled is not true. Change that in its"
                            + " configuration (chela config file tells where it is) and restart it."
                            + " Then send this again.");
            bot.person(1).says("/status");
            bot.person(1)
                    .awaitContaining(
                            "• Runtime: none: Codex is switched off, as"
                                    + " plugins.entries.codex.enabled is not true\n");
            bot.person(2).says("/model");
            bot.person(2).awaitContaining("The list of models cannot be read now");
            bot.person(3).says("/codex bind");
            bot.person(3).awaitText("There is no command /codex here. /help lists them.");
            bot.awaitQuiet();
            assertThat(bot.asked("run touch it")).isZero();
            assertThat(bot.chela().agents().servers().health()).isEmpty();
        }
    }

    @Test
    void aDeniedPluginIsOffThoughItsEntryIsOn() throws IOException {
        try (BotFixture bot = bot("plugins: {", "plugins: { deny: [\"codex\"],")) {
            bot.person(0).says("hello");

            bot.person(0).awaitContaining("as plugins.deny names codex.");
            bot.awaitQuiet();
            assertThat(bot.asked("hello")).isZero();
        }
    }

    private BotFixture bot(String written, String changed) throws IOException {
        return BotFixture.onTelegram(
                root, ScriptedModel.start(), config -> config.replace(written, changed), Map.of());
    }
}
