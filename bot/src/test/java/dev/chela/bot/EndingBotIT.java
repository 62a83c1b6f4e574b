package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.Chat;
import dev.chela.bot.kit.ChildBot;
import dev.chela.bot.kit.CrashStage;
import dev.chela.bot.kit.Leftovers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a bot in the foreground ends while a turn runs. */
final class EndingBotIT {

    @TempDir private Path root;

    @Test
    void controlCInTheTerminalLetsTheTurnFinish() throws IOException {
        try (CrashStage stage = CrashStage.patient(root)) {
            Chat ann = stage.person(0);
            ChildBot bot = stage.start(Map.of());
            bot.awaitReady(1);
            ann.says("slow 3 seconds");
            Await.until("the turn", () -> stage.asked("slow 3 seconds") == 1, bot::output);

            bot.interrupt();
            bot.awaitEnd();

            assertThat(bot.status()).isZero();
            assertThat(bot.output()).contains("stopped drained=true");
            assertThat(ann.texts())
                    .containsExactly("This answer comes slowly, one word after the other.");
            assertThat(Leftovers.of(root)).isEmpty();
        }
    }
}
