package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.ChildBot;
import dev.chela.bot.kit.CrashStage;
import dev.chela.bot.kit.Leftovers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One state directory, bots that die on it, and a new round of people for each. */
final class CrashRun implements AutoCloseable {

    private final CrashStage stage;
    private final Cast.Casting casting;
    private final List<Cast> rounds = new ArrayList<>();

    CrashRun(CrashStage stage, Cast.Casting casting) {
        this.stage = stage;
        this.casting = casting;
    }

    /** New people begin to talk. */
    void newPeopleSpeak() {
        Cast round = casting.of(stage, rounds.size());
        rounds.add(round);
        round.everybodySpeaks();
    }

    ChildBot start(Map<String, String> variables) throws IOException {
        return stage.start(variables);
    }

    /**
     * Plays the people until the bot is dead or all is done.
     *
     * @return the exit status of a bot that died, 0 if all is done
     */
    int play(ChildBot bot) {
        Await.until(
                "the bot's end or the end of all work",
                () -> {
                    rounds.forEach(Cast::react);
                    return !bot.isAlive() || isDone();
                },
                () -> state() + "\n" + bot.output());
        return bot.isAlive() ? 0 : bot.status();
    }

    private boolean isDone() {
        return rounds.stream().allMatch(Cast::saidAll)
                && stage.isQuiet(rounds.stream().mapToInt(Cast::said).sum());
    }

    /** Every message is answered or told about, in order, and nothing is said twice. */
    void check() {
        rounds.forEach(Cast::check);
    }

    /** Ends what may outlive a bot; then no process of any bot is left. */
    void checkNothingRuns() throws IOException {
        if (!Leftovers.of(stage.root()).isEmpty()) {
            assertThat(stage.command("gateway", "stop", "--all")).isZero();
        }
        Await.until(
                "the end of every process",
                () -> Leftovers.of(stage.root()).isEmpty(),
                () -> Leftovers.of(stage.root()).stream().map(ProcessHandle::info).toList());
    }

    private String state() {
        return rounds.stream()
                        .sorted(Comparator.comparing(Cast::saidAll)) // who still waits first
                        .map(Object::toString)
                        .collect(Collectors.joining("\n"))
                + "\n"
                + stage.state().inbox()
                + "\n"
                + stage.state().outbox();
    }

    @Override
    public void close() {
        stage.close();
    }
}
