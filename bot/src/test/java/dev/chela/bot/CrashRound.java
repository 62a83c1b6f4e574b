package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Chat;
import dev.chela.bot.kit.CrashStage;
import dev.chela.bot.kit.StateProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Four people of a chat each, and what must hold once everything they said has its end. */
final class CrashRound implements Cast {

    private static final List<String> PLAIN = List.of("first", "second", "third");
    private static final Set<String> TOLD =
            Set.of("failed_notice", "uncertain_notice", "stopped", "superseded");

    private final CrashStage stage;
    private final Chat talker;
    private final Chat teller;
    private final Chat asker;
    private final Chat commander;
    private int said;
    private final String slow;
    private boolean stopped;

    /** The people of the round with this number, from 0 on. */
    CrashRound(CrashStage stage, int number) {
        this.stage = stage;
        slow = "slow 2 seconds of " + number;
        talker = stage.person(4 * number);
        teller = stage.person(4 * number + 1);
        asker = stage.person(4 * number + 2);
        commander = stage.person(4 * number + 3);
    }

    /** Everybody says all they have to say at once. */
    @Override
    public void everybodySpeaks() {
        PLAIN.forEach(word -> say(talker, word));
        say(teller, "tell me kelp");
        say(asker, "ask approval echo crab");
        say(commander, slow);
    }

    /** Presses and stops what waits for it. */
    @Override
    public void react() {
        stage.allow(asker);
        // Not before something of the answer stands there, so that it has to be taken away.
        if (!stopped && !commander.texts().isEmpty()) {
            stopped = true;
            say(commander, "/stop");
            say(commander, "/whoami");
            say(commander, "/new");
        }
    }

    @Override
    public boolean saidAll() {
        return stopped;
    }

    @Override
    public int said() {
        return said;
    }

    private void say(Chat chat, String text) {
        chat.says(text);
        said++;
    }

    /** Every message is answered or told about, in order, and nothing is said twice. */
    @Override
    public void check() {
        List<String> talk = talker.texts();
        List<Integer> places = new ArrayList<>();
        for (String word : PLAIN) {
            String answer = "Echo: " + word;
            assertThat(talker.count(answer)).as("%s in %s", answer, talk).isLessThanOrEqualTo(1);
            if (talk.contains(answer)) {
                places.add(talk.indexOf(answer));
            }
        }
        assertThat(places).as("the order of %s", talk).isSorted();
        assertThat(teller.count("kelp")).as("kelp in %s", teller.texts()).isLessThanOrEqualTo(1);
        for (Chat chat : List.of(talker, teller, asker, commander)) {
            checkEnds(chat);
        }
        assertThat(stage.state().open()).isZero();
    }

    /** As many answers and notices as there were messages; what is unknown has one notice. */
    private void checkEnds(Chat chat) {
        StateProbe state = stage.state();
        List<StateProbe.Arrived> messages =
                state.inbox().stream()
                        .filter(row -> row.kind().equals("message"))
                        .filter(row -> row.conversation().contains(":" + chat.id()))
                        .toList();
        assertThat(messages).as("messages of %s in %s", chat.id(), state.inbox()).isNotEmpty();
        long answered = messages.stream().filter(row -> row.outcome().equals("answered")).count();
        long told = messages.stream().filter(row -> TOLD.contains(row.outcome())).count();
        long commands = messages.stream().filter(row -> row.outcome().equals("command")).count();
        assertThat(answered + told + commands)
                .as("outcomes of %s", messages)
                .isEqualTo(messages.size());
        List<StateProbe.Said> said =
                state.outbox().stream()
                        .filter(
                                row ->
                                        row.conversation()
                                                .equals(messages.getFirst().conversation()))
                        .toList();
        List<StateProbe.Said> unknown =
                said.stream()
                        .filter(row -> row.state().equals("unknown"))
                        .filter(row -> !row.intent().startsWith("notice:"))
                        .toList();
        List<String> notices =
                said.stream()
                        .map(StateProbe.Said::intent)
                        .filter(intent -> intent.startsWith("notice:"))
                        .toList();
        long arrived =
                said.stream()
                        .filter(row -> row.intent().startsWith("notice:"))
                        .filter(row -> row.state().equals("acknowledged"))
                        .count();
        assertThat(notices)
                .as("notices about %s in %s", unknown, chat.texts())
                .doesNotHaveDuplicates()
                .containsAll(unknown.stream().map(row -> "notice:" + row.intent()).toList());
        // A notice over whose own sending the bot died is sent once more, so the buttons count.
        assertThat(
                        stage.telegram().messagesIn(chat.id()).stream()
                                .flatMap(message -> Chat.button(message, "Send again").stream())
                                .distinct())
                .as("buttons in %s", chat.texts())
                .hasSizeBetween((int) arrived, notices.size());
        if (chat == talker) {
            long seen =
                    PLAIN.stream().filter(word -> talker.texts().contains("Echo: " + word)).count();
            assertThat(seen + unknown.size())
                    .as("answers in %s, unknown %s", talker.texts(), unknown)
                    .isGreaterThanOrEqualTo(answered);
        }
    }

    @Override
    public String toString() {
        return Stream.of(talker, teller, asker, commander)
                .map(chat -> chat.id() + " " + chat.texts())
                .collect(Collectors.joining("\n"));
    }
}
