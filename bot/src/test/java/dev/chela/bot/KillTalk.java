package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Chat;
import dev.chela.bot.kit.StateProbe;
import dev.chela.channels.telegram.kit.BotMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Five people who each want something else of the agent, some of it with an effect that can be
 * counted, and what must hold whatever was killed meanwhile.
 */
final class KillTalk {

    /** How many people one talk needs. */
    static final int PEOPLE = 5;

    private static final Set<String> ENDS = Set.of("answered", "uncertain_notice", "failed_notice");

    private final int number;
    private final Path workspace;
    private final Chat plain;
    private final Chat slow;
    private final Chat shell;
    private final Chat teller;
    private final Chat asker;
    private final Set<Integer> pressed = new HashSet<>();

    /** The talk with this number, from 0 on; its people are its own. */
    KillTalk(int number, IntFunction<Chat> people, Path workspace) {
        this.number = number;
        this.workspace = workspace;
        plain = people.apply(PEOPLE * number);
        slow = people.apply(PEOPLE * number + 1);
        shell = people.apply(PEOPLE * number + 2);
        teller = people.apply(PEOPLE * number + 3);
        asker = people.apply(PEOPLE * number + 4);
    }

    void everybodySpeaks() {
        plain.says("hello " + number);
        slow.says("slow 3 seconds of " + number);
        shell.says("run echo once >> shell-%d; sleep 2; echo coral-%d".formatted(number, number));
        teller.says("tell me kelp " + number);
        asker.says("ask approval echo once >> asked-%d; echo crab-%d".formatted(number, number));
    }

    /** Allows what is asked for, each card once. */
    void react() {
        for (BotMessage card : asker.messages()) {
            if (Chat.button(card, "Allow once").isPresent() && pressed.add(card.id())) {
                asker.press(card, "Allow once");
            }
        }
    }

    /** Everybody asks once more: whose session hung would get no answer. */
    void everybodyGoesOn() {
        chats().forEach(chat -> chat.says("and now " + number));
    }

    /** What became of the first messages, by outcome. */
    Map<String, Integer> outcomes(StateProbe state) {
        Map<String, Integer> outcomes = new TreeMap<>();
        chats().forEach(chat -> outcomes.merge(first(chat, state), 1, Integer::sum));
        return outcomes;
    }

    /** Every answer arrived or was told about, no effect came twice, and everybody could go on. */
    void check(StateProbe state) {
        checkEnd(plain, "Echo: hello " + number, state);
        checkEnd(slow, "This answer comes slowly", state);
        checkEnd(shell, "\ncoral-" + number, state);
        checkEnd(teller, "kelp " + number, state);
        checkEnd(asker, "\ncrab-" + number, state);
        assertThat(teller.count("kelp " + number)).as("kelp in %s", teller.texts()).isLessThan(2);
        checkEffect("shell-" + number, first(shell, state));
        checkEffect("asked-" + number, first(asker, state));
        for (Chat chat : chats()) {
            assertThat(chat.count("Echo: and now " + number))
                    .as("the next turn of %s", chat.texts())
                    .isEqualTo(1);
        }
    }

    private void checkEnd(Chat chat, String answer, StateProbe state) {
        List<String> texts = chat.texts();
        assertThat(first(chat, state)).as("the outcome of %s", texts).isIn(ENDS);
        boolean arrived = texts.stream().anyMatch(text -> text.contains(answer));
        boolean told =
                texts.stream()
                        .anyMatch(
                                text ->
                                        text.startsWith("⚠️")
                                                || text.startsWith("I could not find out"));
        assertThat(arrived || told).as("\"%s\" or the truth in %s", answer, texts).isTrue();
    }

    private void checkEffect(String file, String outcome) {
        Path effect = workspace.resolve(file);
        try {
            int times = Files.exists(effect) ? Files.readAllLines(effect).size() : 0;
            assertThat(times).as("how often %s was written", file).isLessThan(2);
            if (outcome.equals("answered")) {
                assertThat(times).as("%s of a turn that was answered", file).isEqualTo(1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String first(Chat chat, StateProbe state) {
        return state.inbox().stream()
                .filter(row -> row.kind().equals("message"))
                .filter(row -> row.conversation().endsWith(":" + chat.id()))
                .map(StateProbe.Arrived::outcome)
                .findFirst()
                .orElse("not there");
    }

    private List<Chat> chats() {
        return List.of(plain, slow, shell, teller, asker);
    }

    @Override
    public String toString() {
        return chats().stream().map(chat -> chat.id() + " " + chat.texts()).toList().toString();
    }
}
