package dev.chela.channels.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.channels.ButtonPress;
import dev.chela.channels.ChannelsSchema;
import dev.chela.channels.Conversation;
import dev.chela.channels.Cursor;
import dev.chela.channels.EventId;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.MessageEdit;
import dev.chela.channels.Reaction;
import dev.chela.channels.access.AccessRules;
import dev.chela.channels.access.ContextPolicy;
import dev.chela.channels.access.DmPolicy;
import dev.chela.channels.access.Doorkeeper;
import dev.chela.channels.access.GroupPolicy;
import dev.chela.channels.access.LoopGuard;
import dev.chela.channels.access.Pairings;
import dev.chela.channels.access.SenderList;
import dev.chela.channels.testing.FakeChannel;
import dev.chela.config.state.DatabaseException;
import dev.chela.config.testing.ManualClock;
import dev.chela.config.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxTest {

    private final TestDatabase database = TestDatabase.open(List.of(ChannelsSchema.PART));
    private final ManualClock clock = new ManualClock();
    private final FakeChannel channel = FakeChannel.named("telegram");
    private final Conversation ann = channel.direct("ann");
    private final Conversation room = channel.group("room");
    private final List<InboxRow> taken = new ArrayList<>();
    private final List<String> codes = new ArrayList<>();
    private final List<String> refusedPresses = new ArrayList<>();
    private AccessRules rules =
            AccessRules.builder()
                    .dm(DmPolicy.PAIRING, SenderList.parse("telegram", List.of("ann"), Map.of()))
                    .groups(GroupPolicy.OPEN, SenderList.everybody(), Map.of())
                    .build();
    private Inbox inbox;

    @BeforeEach
    void open() {
        inbox = newInbox();
        inbox.start(listener());
        channel.start(inbox);
    }

    @AfterEach
    void close() {
        inbox.close();
        database.close();
    }

    @Test
    void aMessageIsHandedOverWithItsTicketAndStanding() {
        channel.says(ann, "ann", "hello");

        assertThat(taken).hasSize(1);
        InboxRow row = taken.getFirst();
        assertThat(row.standing()).isEqualTo(new Standing(false, true, true));
        assertThat(row.event()).isInstanceOf(InboundMessage.class);
        assertThat(((InboundMessage) row.event()).text()).isEqualTo("hello");
        assertThat(inbox.row(row.seq())).hasValue(row);
    }

    @Test
    void theSameEventIsOneRowEvenAfterARestart() {
        InboundMessage message = channel.message("77", ann, "ann", "hello", false);
        inbox.accept(List.of(message, message), Optional.empty());
        restart();
        inbox.accept(List.of(message), Optional.empty());

        assertThat(taken).hasSize(2).extracting(InboxRow::seq).containsOnly(taken.get(0).seq());
        assertThat(inbox.open()).hasSize(1);
    }

    @Test
    void openRowsAreHandedOverAgainAfterARestartInOrder() {
        channel.says(ann, "ann", "one");
        channel.says(ann, "ann", "two");
        channel.says(ann, "ann", "three");
        inbox.close(List.of(taken.get(1).seq()), Outcome.STOPPED, Optional.empty());
        taken.clear();

        restart();

        assertThat(texts(taken)).containsExactly("one", "three");
    }

    @Test
    void aBatchAndItsCursorCommitTogether() {
        Cursor cursor = new Cursor("telegram", "default", "updates", "42");
        inbox.accept(List.of(channel.message("1", ann, "ann", "hi", false)), Optional.of(cursor));
        assertThat(inbox.cursor("telegram", "default", "updates")).hasValue("42");

        database.writeNow("test.break", db -> db.execute("DROP TABLE cursor"));
        InboundMessage second = channel.message("2", ann, "ann", "lost?", false);
        assertThatThrownBy(() -> inbox.accept(List.of(second), Optional.of(cursor)))
                .isInstanceOf(DatabaseException.class);
        assertThat(texts(inbox.open())).containsExactly("hi");
    }

    @Test
    void aStrangerGetsACodeAndItsWordsAreNeverStored() {
        channel.says(channel.direct("bob"), "bob", "secret words");
        channel.says(channel.direct("bob"), "bob", "more secret words");

        assertThat(codes).hasSize(1);
        assertThat(taken).isEmpty();
        assertThat(everythingStored()).doesNotContain("secret");
        InboxRow open = inbox.open().getFirst();
        inbox.close(List.of(open.seq()), Outcome.PAIRED, Optional.empty());
        assertThat(inbox.open()).isEmpty();
    }

    @Test
    void aPairingReplyThatWasNotSentIsHandedOverAgain() {
        channel.says(channel.direct("bob"), "bob", "hi");
        restart();
        assertThat(codes).hasSize(2).containsOnly(codes.getFirst());
    }

    @Test
    void aRefusedMessageKeepsIdsAndReasonOnly() {
        rules = rules.but().dm(DmPolicy.DISABLED, SenderList.none()).build();
        channel.says(channel.direct("bob"), "bob", "secret words");

        assertThat(everythingStored())
                .contains("refused", "direct messages are disabled", "bob")
                .doesNotContain("secret");
    }

    @Test
    void anAnswerIsKeptWithItsQuestionAlone() {
        channel.says(ann, "ann", "my secret words");
        long seq = inbox.open().getFirst().seq();

        inbox.close(List.of(seq), Outcome.ANSWER, Optional.of("question q"));

        assertThat(everythingStored()).contains("question q").doesNotContain("secret");
    }

    @Test
    void whoMayNotPressAButtonIsToldSo() {
        rules = rules.but().groups(GroupPolicy.DISABLED, SenderList.none(), Map.of()).build();

        channel.presses(room, "bob", "m1", "approval:abc:deny");

        assertThat(refusedPresses).containsExactly("approval:abc:deny");
        assertThat(taken).isEmpty();
    }

    @Test
    void noRowIsClosedWithoutAnOutcome() {
        channel.says(ann, "ann", "hello");

        assertThatThrownBy(
                        () ->
                                database.writeNow(
                                        "test.close",
                                        db -> db.execute("UPDATE inbox SET state = 'closed'")))
                .isInstanceOf(DatabaseException.class);
    }

    @Test
    void aRowIsClosedOnce() {
        channel.says(ann, "ann", "hello");
        List<Long> tickets = List.of(taken.getFirst().seq());

        assertThat(inbox.close(tickets, Outcome.ANSWERED, Optional.empty())).isEqualTo(1);
        assertThat(inbox.close(tickets, Outcome.STOPPED, Optional.of("late"))).isZero();
        assertThat(inbox.row(tickets.getFirst()).orElseThrow().outcome())
                .hasValue(Outcome.ANSWERED);
    }

    @Test
    void unmentionedTextWaitsForTheNextTurnWithinItsLimit() {
        for (int i = 1; i <= 5; i++) {
            channel.says(room, "p" + i, "chatter " + i);
        }
        assertThat(taken).isEmpty();

        List<InboxRow> history = inbox.history(room, 3);
        assertThat(texts(history)).containsExactly("chatter 3", "chatter 4", "chatter 5");
        assertThat(history.getFirst().outcome()).hasValue(Outcome.CONTEXT);

        inbox.markShown(room, history.getLast().seq());
        assertThat(inbox.history(room, 3)).isEmpty();
        channel.says(room, "p9", "later");
        assertThat(texts(inbox.history(room, 3))).containsExactly("later");
    }

    @Test
    void historyOfZeroKeepsNoWords() {
        rules = rules.but().context(0, ContextPolicy.ALL).build();
        channel.says(room, "p1", "chatter");

        assertThat(inbox.history(room, 10)).isEmpty();
        assertThat(everythingStored()).doesNotContain("chatter").contains("ignored");
    }

    @Test
    void editsAndReactionsWaitForTheNextTurnAndBeginNone() {
        InboundMessage said = channel.message("1", ann, "ann", "helo", false);
        inbox.accept(
                List.of(
                        new MessageEdit(
                                new EventId("telegram", "default", "2"),
                                ann,
                                said.sender(),
                                Instant.EPOCH,
                                said.messageId(),
                                "hello"),
                        new Reaction(
                                new EventId("telegram", "default", "3"),
                                ann,
                                said.sender(),
                                Instant.EPOCH,
                                said.messageId(),
                                "👍")),
                Optional.empty());

        assertThat(taken).isEmpty();
        List<InboxRow> events = inbox.systemEvents(ann);
        assertThat(events).hasSize(2);
        assertThat(events.getFirst().event()).isInstanceOf(MessageEdit.class);
        assertThat(((Reaction) events.getLast().event()).emoji()).isEqualTo("👍");
        inbox.markShown(ann, events.getLast().seq());
        assertThat(inbox.systemEvents(ann)).isEmpty();
    }

    @Test
    void aRowThatWasNotTakenComesAgainBeforeLaterOnes() {
        restart(
                new InboxListener() {
                    @Override
                    public void accepted(InboxRow row) {
                        taken.add(row);
                        if (taken.size() == 1) {
                            throw new IllegalStateException("router is broken");
                        }
                    }

                    @Override
                    public void pairing(InboxRow row, String code) {}
                });
        channel.start(inbox);
        channel.says(ann, "ann", "one");
        channel.says(ann, "ann", "two");

        assertThat(texts(taken)).containsExactly("one", "one", "two");
        assertThat(inbox.open()).hasSize(2);
    }

    @Test
    void wordsGoFirstAndKeysLaterAndOpenRowsNever() {
        InboundMessage done = channel.message("1", ann, "ann", "old words", false);
        inbox.accept(List.of(done), Optional.empty());
        inbox.close(List.of(taken.getFirst().seq()), Outcome.ANSWERED, Optional.empty());
        channel.says(ann, "ann", "open words");
        Retention retention = new Retention(Duration.ofDays(1), Duration.ofDays(2));

        clock.advance(Duration.ofDays(1).plusSeconds(1));
        assertThat(inbox.prune(retention)).isEqualTo(1);
        assertThat(everythingStored()).doesNotContain("old words").contains("open words");
        inbox.accept(List.of(done), Optional.empty());
        assertThat(inbox.open()).hasSize(1);

        clock.advance(Duration.ofDays(1));
        inbox.prune(retention);
        assertThat(inbox.row(taken.getFirst().seq())).isEmpty();
        assertThat(texts(inbox.open())).containsExactly("open words");
        assertThatThrownBy(() -> new Retention(Duration.ofHours(1), Duration.ofHours(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wordsBeyondTheBoundGoTheOldestFirst() {
        for (String words : List.of("oldest", "older", "newest")) {
            channel.says(ann, "ann", words);
            inbox.close(List.of(taken.getLast().seq()), Outcome.ANSWERED, Optional.empty());
            clock.advance(Duration.ofMinutes(1));
        }
        channel.says(ann, "ann", "open words, however long they are");

        Retention twelve = new Retention(Duration.ofDays(1), Duration.ofDays(2), 12);
        assertThat(inbox.prune(twelve)).isEqualTo(1);
        assertThat(everythingStored())
                .contains("older", "newest", "open words")
                .doesNotContain("oldest");
        assertThat(inbox.prune(twelve)).isZero();
    }

    private void restart() {
        restart(listener());
    }

    private void restart(InboxListener listener) {
        inbox.close();
        database.reopen();
        inbox = newInbox();
        inbox.start(listener);
        channel.start(inbox);
    }

    private Inbox newInbox() {
        Pairings pairings = new Pairings(database, clock, new Random(1), (approval, first) -> {});
        Doorkeeper door = new Doorkeeper(where -> rules, pairings, new LoopGuard(clock));
        return new Inbox(database, door, clock, Runnable::run);
    }

    private InboxListener listener() {
        return new InboxListener() {
            @Override
            public void accepted(InboxRow row) {
                taken.add(row);
            }

            @Override
            public void pairing(InboxRow row, String code) {
                codes.add(code);
            }

            @Override
            public void refused(ButtonPress press) {
                refusedPresses.add(press.data());
            }
        };
    }

    private String everythingStored() {
        return database.readNow(
                db -> db.createQuery("SELECT * FROM inbox").mapToMap().list().toString());
    }

    private static List<String> texts(List<InboxRow> rows) {
        return rows.stream()
                .map(row -> row.event() instanceof InboundMessage m ? m.text() : "?")
                .toList();
    }
}
