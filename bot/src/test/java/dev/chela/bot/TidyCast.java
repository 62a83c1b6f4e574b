package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.BotConfig;
import dev.chela.bot.kit.Chat;
import dev.chela.bot.kit.ChildBot;
import dev.chela.bot.kit.CrashStage;
import dev.chela.bot.kit.StateProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * People whose bot was away for weeks, with what they said last still open, and some of whom it
 * knows from long ago: it forgets by age while they talk.
 */
final class TidyCast implements Cast {

    private static final Duration WEEKS = Duration.ofDays(40);
    private static final Duration LONG = Duration.ofDays(100);
    private static final Set<String> ENDS = Set.of("answered", "failed_notice", "uncertain_notice");

    /** Of long ago: who comes again, who does not, and whose chat is bound. */
    private static final int AGAIN = 0;

    private static final int NEVER = 1;
    private static final int BOUND = 2;
    private static final int FIRST_OF_ROUNDS = 3;

    private final CrashStage stage;
    private final int round;
    private final Chat talker;
    private final Chat teller;

    TidyCast(CrashStage stage, int round) {
        this.stage = stage;
        this.round = round;
        talker = stage.person(FIRST_OF_ROUNDS + 2 * round);
        teller = stage.person(FIRST_OF_ROUNDS + 2 * round + 1);
    }

    /** A stage on which people talked long ago. */
    static CrashStage longAgo(Path root) throws IOException {
        CrashStage stage = CrashStage.open(root);
        Chat again = stage.person(AGAIN);
        Chat never = stage.person(NEVER);
        Chat bound = stage.person(BOUND);
        try (ChildBot bot = stage.start(Map.of())) {
            again.says("tell me whelk");
            again.awaitText("whelk");
            never.says("ask approval echo crab");
            never.press(never.awaitButton("Allow in this session"), "Allow in this session");
            bound.says("/codex bind");
            bound.press(bound.awaitButton("Allow once"), "Allow once");
            bound.awaitContaining("Bound to");
            await(stage, 3, bot);
            again.says("/new");
            await(stage, 4, bot);
        }
        stage.state().ages(LONG);
        stage.tidyAtOnce();
        return stage;
    }

    private static void await(CrashStage stage, int messages, ChildBot bot) {
        Await.until(
                "the end of what was long ago", () -> stage.isQuiet(messages), () -> bot.output());
    }

    @Override
    public void everybodySpeaks() {
        if (round > 0) {
            stage.state().ages(WEEKS);
        }
        talker.says("first");
        talker.says("second");
        teller.says("tell me kelp " + round);
        stage.person(AGAIN).says("again " + round);
        stage.person(BOUND).says("still bound " + round);
    }

    @Override
    public void react() {}

    /** What is due goes in this order, and it is looked for only while people talk. */
    @Override
    public boolean saidAll() {
        return stage.state().forgettable().isEmpty();
    }

    @Override
    public int said() {
        return 5;
    }

    @Override
    public void check() {
        StateProbe state = stage.state();
        assertThat(state.inbox())
                .filteredOn(row -> row.kind().equals("message"))
                .allSatisfy(row -> assertThat(row.outcome()).isIn(ENDS));
        assertThat(state.inbox())
                .as("what is not old enough to be forgotten altogether")
                .filteredOn(row -> row.conversation().endsWith(":" + talker.id()))
                .hasSize(2);
        for (String word : List.of("first", "second")) {
            assertThat(talker.count("Echo: " + word)).as("%s", talker.texts()).isLessThan(2);
        }
        assertThat(teller.count("kelp " + round)).as("%s", teller.texts()).isLessThan(2);
        for (int old : List.of(AGAIN, BOUND)) {
            Chat chat = stage.person(old);
            String said = (old == AGAIN ? "Echo: again " : "Echo: still bound ") + round;
            assertThat(chat.count(said)).as("%s", chat.texts()).isLessThan(2);
        }
        assertThat(state.bound()).anyMatch(place -> place.endsWith(":" + person(BOUND)));
        assertThat(state.sessions(person(NEVER))).as("unused sessions").isEmpty();
        assertThat(state.open()).isZero();
    }

    private static long person(int number) {
        return BotConfig.FIRST_PERSON + number;
    }

    @Override
    public String toString() {
        return "talker %s teller %s forgettable %s"
                .formatted(talker.texts(), teller.texts(), stage.state().forgettable());
    }
}
