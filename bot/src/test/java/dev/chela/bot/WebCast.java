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
 * A person at the web chat, who keeps each message until the bot has it, and a stranger on Telegram
 * who is let in by the command line's call.
 */
final class WebCast implements Cast {

    private static final Pattern CODE = Pattern.compile("\\b[A-Z2-9]{8}\\b");
    private static final Set<String> ENDS =
            Set.of("answered", "failed_notice", "uncertain_notice", "paired", "refused");

    private final CrashStage stage;
    private final int round;
    private final WebPerson ann;
    private final Chat stranger;
    private int asked;
    private boolean greeted;

    WebCast(CrashStage stage, int round) {
        this.stage = stage;
        this.round = round;
        ann = new WebPerson(stage, "r" + round);
        stranger = new Chat(stage.telegram(), BotConfig.FIRST_PERSON + 10_000 + round);
    }

    @Override
    public void everybodySpeaks() {
        ann.says("look at this " + round);
        ann.says("ask approval echo crab-" + round);
        ann.says("tell me kelp " + round);
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
        if (greeted) {
            return;
        }
        if (stage.state().isLetIn(Long.toString(stranger.id()))) {
            greeted = true;
            stranger.says("hello from the stranger " + round);
        } else if (code().isPresent()) {
            ann.approves("telegram", code().get());
        } else if (closed() == asked) {
            // Three may wait at once; who is turned away without a code has to come again.
            ask();
        }
    }

    private long closed() {
        return stage.state().inbox().stream()
                .filter(row -> row.conversation().endsWith(":" + stranger.id()))
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
        return greeted && ann.saidAll();
    }

    @Override
    public int said() {
        return ann.accepted() + asked + (greeted ? 1 : 0);
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
        assertThat(ann.saidTwice()).as("messages of the person that stand twice").isEmpty();
        assertThat(state.open()).isZero();
    }

    @Override
    public String toString() {
        return ann + " " + stranger.texts() + " greeted " + greeted;
    }
}
