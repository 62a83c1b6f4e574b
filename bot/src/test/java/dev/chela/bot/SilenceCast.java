package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Chat;
import dev.chela.bot.kit.CrashStage;
import dev.chela.bot.kit.StateProbe;
import dev.chela.channels.telegram.kit.BotMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Somebody who does not answer when the agent asks, and somebody who allows a tool of an MCP server
 * each time they are asked.
 */
final class SilenceCast implements Cast {

    private static final Set<String> ENDS = Set.of("answered", "failed_notice", "uncertain_notice");

    private final CrashStage stage;
    private final int round;
    private final Chat silent;
    private final Chat wiper;
    private final Set<Integer> pressed = new HashSet<>();
    private int tries;

    SilenceCast(CrashStage stage, int round) {
        this.stage = stage;
        this.round = round;
        silent = stage.person(2 * round);
        wiper = stage.person(2 * round + 1);
    }

    @Override
    public void everybodySpeaks() {
        silent.says("ask approval echo crab-" + round);
        wipe();
    }

    /** The server starts with the thread, and until it is up the tool is not there. */
    @Override
    public void react() {
        for (BotMessage card : wiper.messages()) {
            if (Chat.button(card, "Allow once").isPresent() && pressed.add(card.id())) {
                wiper.press(card, "Allow once");
            }
        }
        if (pressed.isEmpty() && outcomes(wiper).size() == tries) {
            wipe();
        }
    }

    private void wipe() {
        wiper.says("call mcp__kit.wipe {\"what\":\"%s\"}".formatted(what(tries)));
        tries++;
    }

    private String what(int attempt) {
        return "reef-%d-%d".formatted(round, attempt);
    }

    /** What became of the messages that have an end. */
    private List<String> outcomes(Chat chat) {
        return stage.state().inbox().stream()
                .filter(row -> row.kind().equals("message"))
                .filter(row -> row.conversation().endsWith(":" + chat.id()))
                .map(StateProbe.Arrived::outcome)
                .filter(outcome -> !outcome.equals("open"))
                .toList();
    }

    @Override
    public boolean saidAll() {
        return !pressed.isEmpty();
    }

    @Override
    public int said() {
        return 1 + tries;
    }

    @Override
    public void check() {
        assertThat(outcomes(silent)).hasSize(1).isSubsetOf(ENDS);
        assertThat(outcomes(wiper)).hasSize(tries).isSubsetOf(ENDS);
        List<String> wiped = wiped();
        for (int attempt = 0; attempt < tries; attempt++) {
            String what = what(attempt);
            boolean answered =
                    wiper.texts().stream().anyMatch(text -> text.contains("wiped " + what));
            assertThat(Collections.frequency(wiped, what))
                    .as("how often %s was wiped: %s", what, wiper.texts())
                    .isBetween(answered ? 1 : 0, 1);
        }
        assertThat(silent.texts()).noneMatch(text -> text.contains("\ncrab-" + round));
        assertThat(stage.state().open()).isZero();
    }

    private List<String> wiped() {
        try {
            return Files.exists(stage.wiped()) ? Files.readAllLines(stage.wiped()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "silent %s wiper %s wiped %s".formatted(silent.texts(), wiper.texts(), wiped());
    }
}
