package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerNotification.AgentMessageDelta;
import dev.chela.harness.appserver.protocol.ServerNotification.GuardianWarning;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A listener that is behind loses previews only, and the reader never waits for it. */
class MailboxTest {

    private static final ThreadId THREAD = new ThreadId("t");
    private static final TurnId TURN = new TurnId("u");

    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final RecordingListener recorded = new RecordingListener();
    private final ThreadListener slow =
            new ThreadListener() {
                @Override
                public void notified(ServerNotification notification) {
                    stuck.countDown();
                    awaitGate();
                    recorded.notified(notification);
                }

                @Override
                public void closed(AppServerException cause) {
                    recorded.closed(cause);
                }
            };

    @Test
    void deltasOfOneItemAreJoinedWhileTheListenerIsBehind() throws Exception {
        Mailbox mailbox = stuckMailbox();
        mailbox.notified(delta("a", "one "));
        mailbox.notified(delta("a", "two "));
        mailbox.notified(delta("b", "other"));
        mailbox.notified(delta("a", "three"));
        gate.countDown();
        mailbox.closed(new ConnectionClosedException("end", null));
        recorded.awaitClosed();

        assertThat(recorded.all().stream().filter(AgentMessageDelta.class::isInstance))
                .extracting(n -> ((AgentMessageDelta) n).delta())
                .containsExactly("one two ", "other", "three");
    }

    @Test
    void beyondTheBoundDeltasAreDroppedAndNothingElse() throws Exception {
        Mailbox mailbox = stuckMailbox();
        for (int i = 0; i < Mailbox.DELTAS_UP_TO + 500; i++) {
            mailbox.notified(delta("item-" + i, "x"));
        }
        mailbox.notified(new GuardianWarning(THREAD, "kept"));
        gate.countDown();
        mailbox.closed(new ConnectionClosedException("end", null));
        recorded.awaitClosed();

        assertThat(mailbox.droppedDeltas()).isEqualTo(500);
        assertThat(recorded.all()).contains(new GuardianWarning(THREAD, "kept"));
    }

    @Test
    void aListenerFarBehindIsGivenUpAndTold() throws Exception {
        Mailbox mailbox = stuckMailbox();
        for (int i = 0; i <= Mailbox.MESSAGES_MAX; i++) {
            mailbox.notified(new GuardianWarning(THREAD, "w" + i));
        }
        gate.countDown();

        assertThat(recorded.awaitClosed())
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("messages behind");
        assertThat(recorded.all()).hasSize(Mailbox.MESSAGES_MAX + 1);
    }

    @Test
    void aListenerThatThrowsIsCalledAgain() throws Exception {
        var first = new AtomicBoolean(true);
        var mailbox =
                new Mailbox(
                        notification -> {
                            if (first.getAndSet(false)) {
                                throw new IllegalStateException("a listener's own trouble");
                            }
                            recorded.notified(notification);
                        },
                        "test");
        mailbox.notified(new GuardianWarning(THREAD, "1"));
        mailbox.notified(new GuardianWarning(THREAD, "2"));

        assertThat(recorded.await(GuardianWarning.class).message()).isEqualTo("2");
        mailbox.cancel();
    }

    private Mailbox stuckMailbox() throws InterruptedException {
        var mailbox = new Mailbox(slow, "test");
        mailbox.notified(new GuardianWarning(THREAD, "first"));
        assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
        return mailbox;
    }

    private static AgentMessageDelta delta(String item, String text) {
        return new AgentMessageDelta(THREAD, TURN, item, text);
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
