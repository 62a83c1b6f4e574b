package dev.chela.harness.approval;

import static dev.chela.harness.testing.SampleTurns.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.Source;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.testing.ManualTimers;
import dev.chela.harness.testing.SampleTurns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApprovalsTest {

    private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private final ManualTimers timers = new ManualTimers();
    private final RecordingDesk desk = new RecordingDesk();
    private Approvals approvals = newApprovals();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theAskerGetsTheDecision() throws Exception {
        CompletableFuture<Decision> asked = ask(command("a"));
        Approval shown = desk.nextShown();
        DecideResult result =
                approvals.decide(shown.id().value(), new Decision.Chosen(Choice.ALLOW_ONCE), "ada");
        assertThat(result).isInstanceOf(DecideResult.Decided.class);
        assertThat(end(asked)).isEqualTo(new Decision.Chosen(Choice.ALLOW_ONCE));
        assertThat(desk.nextSettled().decidedBy()).contains("ada");
    }

    @Test
    void theFirstDecisionWins() throws Exception {
        CompletableFuture<Decision> asked = ask(command("a"));
        String id = desk.nextShown().id().value();
        approvals.decide(id, new Decision.Chosen(Choice.DENY), "ada");
        DecideResult second = approvals.decide(id, new Decision.Chosen(Choice.ALLOW_ONCE), "bob");
        assertThat(second).isInstanceOf(DecideResult.AlreadyDecided.class);
        assertThat(end(asked).allows()).isFalse();
    }

    @Test
    void silenceIsADenial() throws Exception {
        CompletableFuture<Decision> asked = ask(command("a"));
        Approval shown = desk.nextShown();
        timers.advance(PATIENCE);
        assertThat(end(asked)).isEqualTo(new Decision.TimedOut());
        assertThat(
                        approvals.decide(
                                shown.id().value(), new Decision.Chosen(Choice.ALLOW_ONCE), "a"))
                .isInstanceOf(DecideResult.Expired.class);
    }

    @Test
    void aUniquePrefixIsEnoughAndASharedOneDecidesNothing() throws Exception {
        CompletableFuture<Decision> one = ask(command("a"));
        Approval first = desk.nextShown();
        CompletableFuture<Decision> two = ask(command("b"));
        Approval second = desk.nextShown();
        String shared = commonPrefix(first.id().value(), second.id().value());
        if (!shared.isEmpty()) {
            assertThat(approvals.decide(shared, new Decision.Chosen(Choice.DENY), "ada"))
                    .isInstanceOf(DecideResult.Ambiguous.class);
        }
        String prefix = first.id().value().substring(0, shared.length() + 1);
        assertThat(approvals.decide(prefix, new Decision.Chosen(Choice.ALLOW_ONCE), "ada"))
                .isInstanceOf(DecideResult.Decided.class);
        assertThat(end(one).allows()).isTrue();
        assertThat(two).isNotDone();
    }

    @Test
    void anUnknownIdOrJokerIsUnknown() {
        assertThat(approvals.decide("%", new Decision.Chosen(Choice.DENY), "ada"))
                .isInstanceOf(DecideResult.Unknown.class);
        assertThat(approvals.decide("zz", new Decision.Chosen(Choice.DENY), "ada"))
                .isInstanceOf(DecideResult.Unknown.class);
    }

    @Test
    void alwaysCountsAsOnceWhereItWasNotOffered() throws Exception {
        ApprovalRequest once =
                request(ApprovalRequest.Kind.COMMAND, "a", Set.of(Choice.ALLOW_ONCE, Choice.DENY));
        CompletableFuture<Decision> asked = ask(once);
        approvals.decide(
                desk.nextShown().id().value(), new Decision.Chosen(Choice.ALLOW_ALWAYS), "ada");
        assertThat(end(asked)).isEqualTo(new Decision.Chosen(Choice.ALLOW_ONCE));
    }

    @Test
    void aRequestSentAgainAfterARestartFindsItsDecision() throws Exception {
        ask(command("a"));
        Approval shown = desk.nextShown();
        database.reopen();
        approvals = newApprovals();
        approvals.recover();
        assertThat(desk.nextShown().id()).isEqualTo(shown.id());
        approvals.decide(shown.id().value(), new Decision.Chosen(Choice.ALLOW_ONCE), "ada");
        assertThat(end(ask(command("a")))).isEqualTo(new Decision.Chosen(Choice.ALLOW_ONCE));
    }

    @Test
    void whatNobodySendsAgainAfterARestartTimesOut() throws Exception {
        ask(command("a"));
        desk.nextShown();
        approvals = newApprovals();
        approvals.recover();
        timers.advance(Duration.ofMinutes(3));
        assertThat(desk.nextSettled().decision()).contains(new Decision.TimedOut());
        assertThat(approvals.pending(SESSION)).isEmpty();
    }

    @Test
    void theEndOfATurnWithdrawsWhatItAsked() throws Exception {
        CompletableFuture<Decision> asked = ask(command("a"));
        desk.nextShown();
        approvals.withdraw(new ThreadId("t"), new TurnId("u"));
        assertThat(end(asked)).isEqualTo(new Decision.Withdrawn());
    }

    @Test
    void theNextMessageAnswersAQuestion() throws Exception {
        CompletableFuture<Decision> asked = ask(question("q", SampleTurns.direct()));
        desk.nextShown();
        assertThat(approvals.answerNext(SESSION, "ada", false, 101L, "2")).isPresent();
        assertThat(end(asked)).isInstanceOf(Decision.Answered.class);
        assertThat(((Decision.Answered) end(asked)).answers()).containsEntry("c", List.of("Red"));
        assertThat(approvals.answerNext(SESSION, "ada", false, 102L, "late")).isEmpty();
    }

    @Test
    void inAGroupOnlyTheAskerOrAnOwnerAnswers() throws Exception {
        ask(question("q", SampleTurns.group("ada")));
        desk.nextShown();
        assertThat(approvals.answerNext(SESSION, "bob", false, 103L, "1")).isEmpty();
        assertThat(approvals.answerNext(SESSION, "eve", true, 104L, "1")).isPresent();
    }

    @Test
    void aNewQuestionOfTheTurnWithdrawsTheOlderOne() throws Exception {
        CompletableFuture<Decision> older = ask(question("q1", SampleTurns.direct()));
        desk.nextShown();
        ask(question("q2", SampleTurns.direct()));
        assertThat(end(older)).isEqualTo(new Decision.Withdrawn());
    }

    @Test
    void aMessageThatAnsweredIsStillTheAnswerAfterACrash() throws Exception {
        ask(question("q", SampleTurns.direct()));
        Approval shown = desk.nextShown();
        assertThat(approvals.answerNext(SESSION, "ada", false, 7L, "Red")).isPresent();

        database.reopen();
        approvals = newApprovals();

        assertThat(approvals.answerNext(SESSION, "ada", false, 7L, "Red"))
                .get()
                .extracting(Approval::id)
                .isEqualTo(shown.id());
        assertThat(approvals.answerNext(SESSION, "ada", false, 8L, "Red")).isEmpty();
    }

    @Test
    void anEndThatWasNotShownIsShownAfterTheRestart() throws Exception {
        CompletableFuture<Decision> asked = ask(command("a"));
        Approval shown = desk.nextShown();
        desk.broken = true;
        approvals.decide(shown.id().value(), new Decision.Chosen(Choice.DENY), "ada");
        assertThat(end(asked).allows()).isFalse();
        desk.broken = false;

        approvals = newApprovals();
        approvals.recover();

        Approval told = desk.nextSettled();
        assertThat(told.id()).isEqualTo(shown.id());
        assertThat(told.decision()).contains(new Decision.Chosen(Choice.DENY));
        approvals = newApprovals();
        approvals.recover();
        assertThat(desk.settledCount()).isZero();
    }

    @Test
    void whatNobodyCanSeeIsDeniedAtOnce() throws Exception {
        desk.reachable = false;
        assertThat(end(ask(command("a")))).isEqualTo(new Decision.Unroutable());
    }

    @Test
    void everyKindHasItsPatience() throws Exception {
        CompletableFuture<Decision> command =
                CompletableFuture.supplyAsync(() -> approvals.ask(command("a")), VIRTUAL);
        desk.nextShown();
        CompletableFuture<Decision> tool =
                CompletableFuture.supplyAsync(() -> approvals.ask(mcpTool("b")), VIRTUAL);
        desk.nextShown();

        timers.advance(Duration.ofMinutes(2));

        assertThat(end(tool)).isEqualTo(new Decision.TimedOut());
        assertThat(command).isNotDone();
        timers.advance(Duration.ofMinutes(28));
        assertThat(end(command)).isEqualTo(new Decision.TimedOut());
    }

    @Test
    void whatMayComeTwiceCountsOnceOnceItWasTaken() throws Exception {
        CompletableFuture<Decision> first = ask(mcpTool("same"));
        Approval shown = desk.nextShown();
        approvals.decide(shown.id().value(), new Decision.Chosen(Choice.ALLOW_ONCE), "ada");
        assertThat(end(first).allows()).isTrue();

        CompletableFuture<Decision> second = ask(mcpTool("same"));

        Approval again = desk.nextShown();
        assertThat(again.id()).isNotEqualTo(shown.id());
        approvals.decide(again.id().value(), new Decision.Chosen(Choice.DENY), "ada");
        assertThat(end(second).allows()).isFalse();
    }

    @Test
    void whatMayComeTwiceButWasNotTakenFindsItsDecisionAfterARestart() throws Exception {
        ask(mcpTool("same"));
        Approval shown = desk.nextShown();
        database.reopen();
        approvals = newApprovals();
        approvals.decide(shown.id().value(), new Decision.Chosen(Choice.ALLOW_ONCE), "ada");

        assertThat(end(ask(mcpTool("same")))).isEqualTo(new Decision.Chosen(Choice.ALLOW_ONCE));
    }

    @Test
    void wordsAreForgottenBeforeKeys() throws Exception {
        CompletableFuture<Decision> asked = ask(question("q", SampleTurns.direct()));
        Approval shown = desk.nextShown();
        approvals.answerNext(SESSION, "ada", false, 1L, "my secret colour");
        end(asked);
        Duration bodies = Duration.ofDays(30);
        Duration keys = Duration.ofDays(90);
        assertThat(approvals.prune(bodies, keys)).isZero();

        timers.advance(Duration.ofDays(31));
        assertThat(approvals.prune(bodies, keys)).isEqualTo(1);

        Approval silent = approvals.find(shown.id()).orElseThrow();
        assertThat(silent.request().questions()).isEmpty();
        assertThat(silent.decision()).contains(new Decision.Answered(Map.of()));
        assertThat(approvals.decide(shown.id().value(), new Decision.Chosen(Choice.DENY), "ada"))
                .isInstanceOf(DecideResult.AlreadyDecided.class);
        assertThat(approvals.prune(bodies, keys)).isZero();
        timers.advance(Duration.ofDays(60));
        assertThat(approvals.prune(bodies, keys)).isEqualTo(1);
        assertThat(approvals.find(shown.id())).isEmpty();
    }

    @Test
    void whatWasAnsweredInSecretIsNotKeptWhenTheTurnIsOver() throws Exception {
        ApprovalRequest both = twoQuestions();
        Origin origin = both.origin().orElseThrow();
        CompletableFuture<Decision> asked = ask(both);
        Approval shown = desk.nextShown();
        approvals.answerNext(SESSION, "ada", false, 1L, "name: ada\npassword: hunter2");
        Map<String, List<String>> said =
                Map.of("name", List.of("ada"), "password", List.of("hunter2"));
        assertThat(end(asked)).isEqualTo(new Decision.Answered(said));
        approvals.withdraw(origin.thread(), origin.turn());
        assertThat(end(ask(both))).as("asked again").isEqualTo(new Decision.Answered(said));

        approvals.turnOver(origin.thread(), origin.turn());

        assertThat(approvals.find(shown.id()).orElseThrow().decision())
                .contains(
                        new Decision.Answered(
                                Map.of("name", List.of("ada"), "password", List.of("(secret)"))));
    }

    private static ApprovalRequest twoQuestions() {
        return new ApprovalRequest(
                ApprovalRequest.Kind.QUESTION,
                SESSION,
                SampleTurns.direct(),
                Optional.of(new Origin(new ThreadId("t"), new TurnId("u"), "both")),
                "Sign in",
                "",
                Set.of(),
                List.of(
                        new Question("name", "Name", "Who?", List.of(), true, false),
                        new Question("password", "Password", "And?", List.of(), true, true)));
    }

    @Test
    void foreignTextIsStrippedAndBounded() {
        ApprovalRequest request =
                new ApprovalRequest(
                        ApprovalRequest.Kind.COMMAND,
                        SESSION,
                        SampleTurns.direct(),
                        Optional.empty(),
                        "\u001b[31mrm\u202e -rf" + "x".repeat(100),
                        "y".repeat(5_000),
                        Set.of(),
                        List.of());
        assertThat(request.title()).hasSize(80).startsWith("rm -rf").endsWith("…");
        assertThat(request.description()).hasSize(2_200);
    }

    private Approvals newApprovals() {
        return new Approvals(database, timers, new Random(7), desk);
    }

    private CompletableFuture<Decision> ask(ApprovalRequest request) {
        return CompletableFuture.supplyAsync(() -> approvals.ask(request, PATIENCE), VIRTUAL);
    }

    private static Decision end(CompletableFuture<Decision> asked) throws Exception {
        return asked.get(10, TimeUnit.SECONDS);
    }

    private static ApprovalRequest command(String item) {
        return request(ApprovalRequest.Kind.COMMAND, item, Set.of(Choice.values()));
    }

    private static ApprovalRequest mcpTool(String item) {
        return request(ApprovalRequest.Kind.MCP_TOOL, item, Set.of(Choice.values()));
    }

    private static ApprovalRequest request(
            ApprovalRequest.Kind kind, String item, Set<Choice> choices) {
        return new ApprovalRequest(
                kind, SESSION, SampleTurns.direct(), origin(item), "Run", "ls", choices, List.of());
    }

    private static ApprovalRequest question(String item, Source source) {
        Question question =
                new Question(
                        "c",
                        "Color",
                        "Which?",
                        List.of(new Question.Option("Blue", ""), new Question.Option("Red", "")),
                        true,
                        false);
        return new ApprovalRequest(
                ApprovalRequest.Kind.QUESTION,
                SESSION,
                source,
                origin(item),
                "Question",
                "",
                Set.of(),
                List.of(question));
    }

    private static Optional<Origin> origin(String item) {
        return Optional.of(new Origin(new ThreadId("t"), new TurnId("u"), item));
    }

    private static String commonPrefix(String a, String b) {
        int end = 0;
        while (end < a.length() && a.charAt(end) == b.charAt(end)) {
            end++;
        }
        return a.substring(0, end);
    }
}
