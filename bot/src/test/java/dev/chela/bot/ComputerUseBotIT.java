package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.BotConfig;
import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.harness.kit.PluginMarket;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read of Computer Use; the first person owns the bot, the second does not. */
final class ComputerUseBotIT {

    @TempDir private Path root;

    @Test
    void aTurnIsRefusedUntilTheOwnerInstallsIt() throws IOException {
        Path market = PluginMarket.in(root.resolve("market"));
        try (BotFixture bot = bot("marketplacePath: \"%s\"".formatted(market))) {
            Chat owner = bot.person(0);
            Chat guest = bot.person(1);

            guest.says("a red crab");
            guest.awaitContaining(
                    "⚠️ Nothing was sent to Codex: Computer Use is asked for and not ready"
                            + " (plugin_not_installed). The plugin computer-use of the marketplace"
                            + " kitmarket is not installed. Run /codex computer-use install, or set"
                            + " plugins.entries.codex.config.computerUse.autoInstall: true. Then"
                            + " send this again.");
            guest.says("/codex computer-use install");
            guest.awaitContaining("to install is for the owner of this bot.");
            guest.says("/codex computeruse status --path /etc/passwd");
            guest.awaitContaining("to look elsewhere with options is for the owner of this bot.");
            guest.says("/codex computeruse");
            guest.awaitContaining(
                    """
                    • Computer Use: not ready (plugin_not_installed)
                    • Plugin: computer-use, not installed
                    • MCP server: computer-use, not looked at
                    • Marketplace: kitmarket
                    """);

            owner.says("/codex computer-use install");
            owner.awaitContaining(
                    """
                    • Computer Use: ready
                    • Plugin: computer-use, installed
                    • MCP server: computer-use, 4 tools
                    • Marketplace: kitmarket
                    • Tools: ask, peek, pose, wipe
                    """);
            guest.says("a red crab, again");
            guest.awaitText("Echo: a red crab, again");
            bot.awaitQuiet();
            assertThat(bot.asked("a red crab")).isEqualTo(1);
        }
    }

    @Test
    void aStopOfTheBotOrTheTurnEndsTheWaitForAMarketplace() throws IOException {
        try (BotFixture bot = bot("autoInstall: true, marketplaceDiscoveryTimeoutMs: 3600000")) {
            Chat owner = bot.person(0);

            owner.says("a red crab");
            awaitTurn(bot);
            bot.restart();
            awaitTurn(bot);
            owner.says("/stop");

            owner.awaitText("Stopping the turn and its commands.");
            bot.awaitQuiet();
            assertThat(bot.asked("a red crab")).isZero();
        }
    }

    @Test
    void whatIsNotConfiguredIsSaidToBeOff() throws IOException {
        try (BotFixture bot = bot("")) {
            bot.person(0).says("/codex computer-use");
            bot.person(0)
                    .awaitText(
                            """
                            • Computer Use: disabled

                            Turns do not ask for Computer Use; \
                            plugins.entries.codex.config.computerUse.enabled switches that on.\
                            """);
            bot.person(0).says("/codex computer-use repair");
            bot.person(0)
                    .awaitContaining("Usage: /codex computer-use|computeruse [status|install]");
        }
    }

    private static void awaitTurn(BotFixture bot) {
        Await.until(
                "a turn that waits",
                () -> bot.chela().agents().sessions().working() == 1,
                () -> bot.state().inbox());
    }

    private BotFixture bot(String computerUse) throws IOException {
        return BotFixture.onTelegramWith(
                root,
                ScriptedModel.start(),
                api ->
                        BotConfig.telegramOfOneOwner(api, 2, "")
                                .replace(
                                        "config: { appServer: {",
                                        "config: { computerUse: { %s }, appServer: {"
                                                .formatted(computerUse)));
    }
}
