package dev.chela.commands.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.Sender;
import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandException;
import dev.chela.commands.Deciders;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.ApprovalDesk;
import dev.chela.harness.approval.ApprovalRequest;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.testing.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApproveCommandTest {

    private static final Conversation CHAT =
            new Conversation("telegram", "default", ChatKind.DIRECT, "7", Optional.empty());

    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private final BlockingQueue<Approval> shown = new LinkedBlockingQueue<>();
    private final Approvals approvals =
            new Approvals(database, new ManualTimers(), new Random(7), desk());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void ofSeveralOnlyThoseAreListedThatTheSenderMayDecide() throws Exception {
        List<Approval> alike = twoThatBeginAlike();
        Approval first = alike.getFirst();
        Approval second = alike.getLast();
        String shared = first.id().value().substring(0, 1);

        assertThat(approve(shared, approval -> approval.id().equals(first.id())))
                .contains(first.id().value(), "Give the full id")
                .doesNotContain(second.id().value());
        assertThat(approve(shared, approval -> true))
                .contains(first.id().value(), second.id().value());
        assertThatThrownBy(() -> approve(shared, approval -> false))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("You may not decide this");
        assertThat(approvals.find(first.id()).orElseThrow().isOpen()).isTrue();
        assertThat(approvals.find(second.id()).orElseThrow().isOpen()).isTrue();

        assertThat(approve(first.id().value(), approval -> true)).contains("allowed once");
        assertThat(approve(second.id().value(), approval -> true)).contains("allowed once");
        assertThat(approve(first.id().value(), approval -> true)).contains("already decided");
    }

    @Test
    void whatNobodyAskedIsUnknown() {
        assertThat(approve("zz", approval -> true)).contains("No approval has the id");
    }

    /** Asks until two open approvals share their first character. */
    private List<Approval> twoThatBeginAlike() throws InterruptedException {
        List<Approval> all = new ArrayList<>();
        while (true) {
            Thread.ofVirtual().start(() -> approvals.ask(command(), Duration.ofMinutes(2)));
            Approval next = shown.poll(10, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            List<Approval> alike =
                    new ArrayList<>(
                            all.stream()
                                    .filter(
                                            one ->
                                                    one.id().value().charAt(0)
                                                            == next.id().value().charAt(0))
                                    .toList());
            alike.add(next);
            if (alike.size() == 2) {
                return alike;
            }
            all.add(next);
        }
    }

    private String approve(String id, Predicate<Approval> mayDecide) {
        Deciders deciders =
                new Deciders() {
                    @Override
                    public boolean mayDecide(Source who, Approval approval) {
                        return mayDecide.test(approval);
                    }

                    @Override
                    public boolean isApprover(Source who) {
                        return true;
                    }
                };
        CommandAnswer answer = new ApproveCommand(approvals, deciders).run(call(id));
        return ((CommandAnswer.Reply) answer).message().markdown();
    }

    private static CommandCall call(String id) {
        return new CommandCall(
                new SessionKey("agent:main:main"),
                source(),
                CHAT,
                new Sender("7", "Ann", Optional.empty(), false),
                id + " allow-once",
                1,
                "m",
                true);
    }

    private static ApprovalRequest command() {
        return new ApprovalRequest(
                ApprovalRequest.Kind.COMMAND,
                new SessionKey("agent:main:main"),
                source(),
                Optional.empty(),
                "Run",
                "ls",
                Set.of(Choice.values()),
                List.of());
    }

    private static Source source() {
        return new Source(CHAT.token(), Source.Kind.DIRECT, "telegram", "7", "Ann", false);
    }

    private ApprovalDesk desk() {
        return new ApprovalDesk() {
            @Override
            public boolean shown(Approval approval) {
                return shown.add(approval);
            }

            @Override
            public void settled(Approval approval) {}
        };
    }
}
