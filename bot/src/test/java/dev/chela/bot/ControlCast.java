package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.BotConfig;
import dev.chela.bot.kit.Chat;
import dev.chela.bot.kit.CrashStage;
import dev.chela.bot.kit.StateProbe;
import dev.chela.channels.telegram.kit.BotMessage;
import dev.chela.channels.telegram.kit.Misbehaviour;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * People who change things: how their messages queue, which thread and model they have, what stands
 * in the chat; somebody whose answer gets lost and is sent again; somebody who watches an answer
 * grow and asks something beside it; somebody who binds a chat, talks in it and lets it go; a group
 * that is read later.
 */
final class ControlCast implements Cast {

    private static final Set<String> ENDS =
            Set.of(
                    "answered",
                    "command",
                    "context",
                    "failed_notice",
                    "uncertain_notice",
                    "superseded",
                    "stopped");

    private final CrashStage stage;
    private final int round;
    private final Chat steerer;
    private final Chat changer;
    private final Chat binder;
    private final Chat worker;
    private final Chat loser;
    private final Chat watcher;
    private final Chat claimer;
    private final long group;
    private final Set<String> done = new LinkedHashSet<>();
    private final Set<Integer> pressed = new HashSet<>();
    private int said;

    ControlCast(CrashStage stage, int round) {
        this.stage = stage;
        this.round = round;
        steerer = stage.person(7 * round);
        changer = stage.person(7 * round + 1);
        binder = stage.person(7 * round + 2);
        worker = stage.person(7 * round + 3);
        loser = stage.person(7 * round + 4);
        watcher = stage.person(7 * round + 5);
        claimer = stage.person(7 * round + 6);
        // Telegram takes twenty messages a minute in a group; all rounds in one had to wait for it.
        group = BotConfig.GROUP - 1_000 - round;
    }

    @Override
    public void everybodySpeaks() {
        say(steerer, "/queue steer");
        say(changer, "/queue interrupt");
        say(changer, "/model gpt-5.5");
        say(binder, "something to bind " + round);
        say(worker, "tell me whelk " + round);
        say(watcher, "slow 3 seconds to watch " + round);
        say(watcher, "/btw what is a clam " + round);
        say(claimer, "/codex bind");
        stage.telegram().says(group, loser.id(), "the crab is red");
        stage.telegram().says(group, loser.id(), "@chela_test_bot what " + round);
        said += 2;
    }

    @Override
    public void react() {
        once("steered", spoke(steerer, 1), () -> say(steerer, slow("steer")));
        once("steer", running(steerer, "steer", 2), () -> say(steerer, "mind the gap " + round));
        once("changing", spoke(changer, 2), () -> say(changer, slow("change")));
        once("change", running(changer, "change", 3), this::changeTwice);
        once("bind", rests(binder, 1), () -> say(binder, "/codex bind"));
        once("detach", rests(binder, 2), () -> say(binder, "/codex detach"));
        once("touch", rests(worker, 1), this::touch);
        once("lose", spoke(loser, 0), this::lose);
        press(loser, "Send again");
        claim();
    }

    /** Who binds before is asked for it, as what is always allowed is for everybody here. */
    private void claim() {
        if (done.contains("detach") && ended(binder, 3)) {
            press(claimer, "Always allow");
        }
        if (!done.contains("talk")) {
            press(claimer, "Send again"); // the card may be what got lost
        }
        once("talk", isBound() && ended(claimer, 1), () -> say(claimer, "bound " + round));
        once("forget", ended(claimer, 2), () -> say(claimer, "/codex forget"));
        once("unbind", ended(claimer, 3), () -> say(claimer, "/codex unbind"));
    }

    private boolean isBound() {
        return stage.state().bound().stream().anyMatch(place -> isOf(claimer, place));
    }

    /** Presses it wherever it stands, once each. */
    private void press(Chat chat, String label) {
        for (BotMessage message : chat.messages()) {
            if (Chat.button(message, label).isPresent() && pressed.add(message.id())) {
                chat.press(message, label);
            }
        }
    }

    /** The first of the two is superseded before its turn begins. */
    private void changeTwice() {
        say(changer, "rather not " + round);
        say(changer, "rather this " + round);
    }

    /** Lets the agent change and react to what it sent, then take it back. */
    private void touch() {
        // What came first may be a preview that its bot did not live to take away.
        int id =
                worker.messages().stream()
                        .filter(message -> Chat.plain(message).equals("whelk " + round))
                        .findFirst()
                        .orElseGet(() -> worker.messages().getFirst())
                        .id();
        say(worker, act("react", id, "\"emoji\":\"👍\""));
        say(worker, act("edit", id, "\"message\":\"another whelk " + round + "\""));
        say(worker, act("delete", id, "\"silent\":true"));
    }

    private void lose() {
        stage.telegram().next("sendMessage", loser.id(), new Misbehaviour.CutAfter());
        say(loser, "/whoami");
    }

    private static String act(String action, int id, String more) {
        return "call openclaw.message {\"action\":\"%s\",\"messageId\":\"%d\",%s}"
                .formatted(action, id, more);
    }

    private String slow(String what) {
        return "slow 2 seconds to " + what + " " + round;
    }

    /** Whether the model works on it, or it has ended without: so much was said by then. */
    private boolean running(Chat chat, String what, int messages) {
        return stage.asked(slow(what)) > 0 || spoke(chat, messages);
    }

    /** Whether the bot said so much in a chat. */
    private static boolean spoke(Chat chat, int messages) {
        return chat.messages().size() >= messages;
    }

    /** Whether the bot said so much in a chat and has nothing left to do there. */
    private boolean rests(Chat chat, int messages) {
        return spoke(chat, messages) && ended(chat, 0);
    }

    /** Whether the bot has so many messages of a chat and nothing left to do there. */
    private boolean ended(Chat chat, int messages) {
        List<StateProbe.Arrived> rows =
                stage.state().inbox().stream()
                        .filter(row -> isOf(chat, row.conversation()))
                        .toList();
        return rows.stream().filter(row -> row.kind().equals("message")).count() >= messages
                && rows.stream().noneMatch(row -> row.outcome().equals("open"));
    }

    private static boolean isOf(Chat chat, String conversation) {
        return conversation.endsWith(":" + chat.id());
    }

    private void once(String what, boolean due, Runnable act) {
        if (due && done.add(what)) {
            act.run();
        }
    }

    private void say(Chat chat, String text) {
        chat.says(text);
        said++;
    }

    private List<Chat> people() {
        return List.of(steerer, changer, binder, worker, loser, watcher, claimer);
    }

    @Override
    public boolean saidAll() {
        return done.size() == 11;
    }

    @Override
    public int said() {
        return said;
    }

    @Override
    public void check() {
        StateProbe state = stage.state();
        for (Chat chat : people()) {
            List<StateProbe.Arrived> messages =
                    state.inbox().stream()
                            .filter(row -> row.kind().equals("message"))
                            .filter(row -> isOf(chat, row.conversation()))
                            .toList();
            assertThat(messages).as("messages of %s", chat.id()).isNotEmpty();
            assertThat(messages)
                    .as("what became of %s in %s", messages, chat.texts())
                    .allSatisfy(row -> assertThat(row.outcome()).isIn(ENDS));
        }
        assertThat(changer.count("Echo: rather this " + round)).isLessThan(2);
        assertThat(worker.count("whelk " + round) + worker.count("another whelk " + round))
                .as("whelks in %s", worker.texts())
                .isLessThan(2);
        assertThat(claimer.count("Echo: bound " + round))
                .as("echoes in %s", claimer.texts())
                .isLessThan(2);
        assertThat(state.outbox())
                .as("what the claimer was told: %s", claimer.texts())
                .filteredOn(said -> isOf(claimer, said.conversation()))
                .extracting(StateProbe.Said::words)
                .anyMatch(words -> words.contains("Bound to thread"));
        String clam = "Echo: what is a clam " + round;
        assertThat(watcher.count("Side question\n\n" + clam))
                .as("clams in %s", watcher.texts())
                .isLessThan(2);
        assertThat(watcher.texts())
                .as("the answer, or the notice that it may have got lost")
                .anyMatch(text -> text.contains(clam));
        assertThat(isBound()).as("the claim of %s in %s", claimer.id(), state.bound()).isFalse();
        assertThat(state.outbox().stream().map(StateProbe.Said::intent))
                .filteredOn(intent -> intent.startsWith("notice:"))
                .doesNotHaveDuplicates();
        assertThat(state.open()).isZero();
    }

    @Override
    public String toString() {
        return done + " " + people().stream().map(chat -> chat.id() + " " + chat.texts()).toList();
    }
}
