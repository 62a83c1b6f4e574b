package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.BotConfig;
import dev.chela.bot.kit.Chat;
import dev.chela.bot.kit.CrashStage;
import dev.chela.bot.kit.StateProbe;
import dev.chela.bot.kit.WebPerson;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A person at the web chat, who keeps each message until the bot has it; on Telegram a stranger who
 * is let in by the command line's call, and somebody whose words, said in a row, are one message,
 * and who begins anew and has such a call take up again what was before.
 */
final class WebCast implements Cast {

    private static final Pattern CODE = Pattern.compile("\\b[A-Z2-9]{8}\\b");
    private static final Set<String> ENDS =
            Set.of(
                    "answered",
                    "command",
                    "failed_notice",
                    "uncertain_notice",
                    "paired",
                    "refused",
                    "superseded");

    private final CrashStage stage;
    private final int round;
    private final WebPerson ann;
    private final Chat ben;
    private final Chat stranger;
    private int asked;
    private boolean greeted;
    private boolean begunAnew;
    private Optional<String> before = Optional.empty();
    private boolean back;

    WebCast(CrashStage stage, int round) {
        this.stage = stage;
        this.round = round;
        ann = new WebPerson(stage, "r" + round);
        ben = stage.person(round);
        stranger = new Chat(stage.telegram(), BotConfig.FIRST_PERSON + 10_000 + round);
    }

    @Override
    public void everybodySpeaks() {
        ann.says("look at this " + round);
        ann.says("ask approval echo crab-" + round);
        ann.says("tell me kelp " + round);
        // Before the bot runs, so that it gets both at once.
        ben.says("remember this " + round);
        ben.says("and the reef " + round);
        ask();
    }

    private void ask() {
        asked++;
        stranger.says("let me in");
    }

    @Override
    public void react() {
        ann.goesOn();
        ann.presses("Allow once");
        ann.lets("kelp " + round, "react", "\"emoji\":\"👍\"");
        ann.lets("kelp " + round, "edit", "\"message\":\"more kelp " + round + "\"");
        ann.lets("more kelp " + round, "delete", "\"silent\":true");
        takeUpAgain();
        if (greeted) {
            return;
        }
        if (stage.state().isLetIn(Long.toString(stranger.id()))) {
            greeted = true;
            stranger.says("hello from the stranger " + round);
        } else if (code().isPresent()) {
            ann.approves("telegram", code().get());
        } else if (closed(stranger) == asked) {
            // Three may wait at once; who is turned away without a code has to come again.
            ask();
        }
    }

    /** What {@code ben} had before comes back, unless the bot died before it took his command. */
    private void takeUpAgain() {
        if (!begunAnew && closed(ben) == 2) {
            begunAnew = true;
            ben.says("/new");
        }
        if (back || closed(ben) < 3) {
            return;
        }
        if (before.isEmpty()) {
            before = stage.state().archives(ben.id()).stream().findFirst();
        }
        List<String> now = stage.state().sessions(ben.id());
        if (before.filter(id -> !now.contains(id)).isPresent()) {
            ann.restores(before.get());
        } else {
            back = true;
            ben.says("back again " + round);
        }
    }

    private long closed(Chat chat) {
        return stage.state().inbox().stream()
                .filter(row -> row.conversation().endsWith(":" + chat.id()))
                .filter(row -> !row.outcome().equals("open"))
                .count();
    }

    private Optional<String> code() {
        return stranger.texts().stream()
                .map(CODE::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst();
    }

    @Override
    public boolean saidAll() {
        return greeted && back && ann.saidAll();
    }

    @Override
    public int said() {
        int bens = 2 + (begunAnew ? 1 : 0) + (back ? 1 : 0);
        return ann.accepted() + bens + asked + (greeted ? 1 : 0);
    }

    @Override
    public void check() {
        StateProbe state = stage.state();
        List<StateProbe.Arrived> messages =
                state.inbox().stream().filter(row -> row.kind().equals("message")).toList();
        assertThat(messages)
                .as("what became of %s", messages)
                .allSatisfy(row -> assertThat(row.outcome()).isIn(ENDS));
        assertThat(ann.count("Echo: look at this " + round)).isLessThan(2);
        assertThat(stranger.count("Echo: hello from the stranger " + round))
                .as("%s", stranger.texts())
                .isLessThan(2);
        String both = "remember this %d\nand the reef %d".formatted(round, round);
        for (String said : List.of(both, "back again " + round)) {
            assertThat(ben.count("Echo: " + said)).as("%s", ben.texts()).isLessThan(2);
        }
        before.ifPresent(
                id -> assertThat(state.sessions(ben.id())).as("%s", ben).containsExactly(id));
        assertThat(ann.saidTwice()).as("messages of the person that stand twice").isEmpty();
        assertThat(state.open()).isZero();
    }

    @Override
    public String toString() {
        return ann
                + " "
                + ben.texts()
                + " back "
                + back
                + " "
                + stranger.texts()
                + " greeted "
                + greeted;
    }
}
