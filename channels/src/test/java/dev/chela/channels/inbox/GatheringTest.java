package dev.chela.channels.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.ChannelsSchema;
import dev.chela.channels.Conversation;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.access.AccessRules;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Words that one person sends in quick succession are handed over as one message. */
final class GatheringTest {

    private static final Duration QUIET = Duration.ofMillis(20);

    private final TestDatabase database = TestDatabase.open(List.of(ChannelsSchema.PART));
    private final ManualClock clock = new ManualClock();
    private final FakeChannel channel = FakeChannel.named("telegram");
    private final Conversation room = channel.group("room");
    private final BlockingQueue<InboxRow> taken = new LinkedBlockingQueue<>();
    private final AtomicInteger troubles = new AtomicInteger();
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
    void wordsInQuickSuccessionBecomeTheLastMessage() throws InterruptedException {
        says("1", "ann", "first");
        clock.advance(Duration.ofMillis(10));
        says("2", "ann", "second");
        clock.advance(Duration.ofMillis(15));
        says("3", "ann", "third");
        assertThat(taken).isEmpty();

        clock.advance(QUIET);

        InboxRow one = next();
        assertThat(text(one)).isEqualTo("first\nsecond\nthird");
        assertThat(((InboundMessage) one.event()).messageId()).isEqualTo("in-3");
        assertThat(inbox.open()).extracting(InboxRow::seq).containsExactly(one.seq());
        assertThat(inbox.tally()).containsEntry("superseded", 2L);
    }

    @Test
    void whatMayNotWaitSendsWhatWaitsBeforeIt() throws InterruptedException {
        says("1", "ann", "first");
        says("2", "ann", "second");
        says("3", "ann", "/stop");

        assertThat(text(next())).isEqualTo("first\nsecond");
        assertThat(text(next())).isEqualTo("/stop");
    }

    @Test
    void somebodyElseEndsTheWaitAndWaitsInTurn() throws InterruptedException {
        says("1", "ann", "first");
        says("2", "ben", "mine");

        assertThat(text(next())).isEqualTo("first");
        assertThat(taken).isEmpty();
        clock.advance(QUIET);
        assertThat(text(next())).isEqualTo("mine");
    }

    @Test
    void wordsThatSpokeToUsDoSoTogetherWithWhatFollowed() throws InterruptedException {
        says("1", "ann", "crab, do this", true);
        says("2", "ann", "and that please", false);

        clock.advance(QUIET);

        InboxRow one = next();
        assertThat(text(one)).isEqualTo("crab, do this\nand that please");
        assertThat(one.standing().addressed()).isTrue();
        assertThat(inbox.row(one.seq()).orElseThrow().standing().addressed()).isTrue();
    }

    @Test
    void wordsThatSpokeToNobodyStayThat() throws InterruptedException {
        says("1", "ann", "first", false);
        says("2", "ann", "second", false);

        clock.advance(QUIET);

        assertThat(next().standing().addressed()).isFalse();
    }

    @Test
    void whatCouldNotBeLookedAtComesAgain() throws InterruptedException {
        troubles.set(2);

        says("1", "ann", "/now");

        assertThat(text(next())).isEqualTo("/now");
    }

    @Test
    void aClockThatIsSetBackHoldsUpNobody() throws InterruptedException {
        says("1", "ann", "first");
        clock.advance(Duration.ofHours(-2));

        assertThat(text(next())).isEqualTo("first");
    }

    @Test
    void whatWaitedIsNotLostWhenTheBotDies() throws InterruptedException {
        says("1", "ann", "first");
        says("2", "ann", "second");

        inbox.close();
        database.reopen();
        clock.advance(QUIET);
        inbox = newInbox();
        inbox.start(listener());

        assertThat(text(next())).isEqualTo("first\nsecond");
        assertThat(inbox.open()).hasSize(1);
    }

    @Test
    void somebodyWhoNeverPausesIsHeardInTheEnd() throws InterruptedException {
        for (int i = 0; i < 15; i++) {
            says("m" + i, "ann", "word" + i);
            clock.advance(Duration.ofMillis(19));
        }

        assertThat(text(next())).startsWith("word0\n");
    }

    private void says(String id, String who, String text) {
        says(id, who, text, true);
    }

    private void says(String id, String who, String text, boolean mention) {
        inbox.accept(List.of(channel.message(id, room, who, text, mention)), Optional.empty());
    }

    private InboxRow next() throws InterruptedException {
        return Optional.ofNullable(taken.poll(20, TimeUnit.SECONDS)).orElseThrow();
    }

    private Inbox newInbox() {
        AccessRules rules =
                AccessRules.builder()
                        .groups(GroupPolicy.OPEN, SenderList.everybody(), Map.of("room", plain()))
                        .build();
        Pairings pairings = new Pairings(database, clock, new Random(1), (approval, first) -> {});
        Doorkeeper door = new Doorkeeper(where -> rules, pairings, new LoopGuard(clock));
        return new Inbox(database, door, clock);
    }

    private static dev.chela.channels.access.GroupRules plain() {
        return new dev.chela.channels.access.GroupRules(
                true, Optional.empty(), Optional.empty(), Optional.of(false), Map.of());
    }

    private InboxListener listener() {
        return new InboxListener() {
            @Override
            public Duration quiet(InboxRow row) {
                if (troubles.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new DatabaseException("the disk is full", null);
                }
                return text(row).startsWith("/") ? Duration.ZERO : QUIET;
            }

            @Override
            public void accepted(InboxRow row) {
                taken.add(row);
            }

            @Override
            public void pairing(InboxRow row, String code) {
                throw new AssertionError("nobody is a stranger here");
            }
        };
    }

    private static String text(InboxRow row) {
        return ((InboundMessage) row.event()).text();
    }
}
