package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ApprovalsReviewer;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.session.Claim;
import dev.chela.harness.session.SessionKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What turns of a bound conversation are like, whatever app-server runs them. */
abstract class BoundScenarios extends OnOneServer {

    private static final Policy ASKING =
            new Policy(
                    ApprovalPolicy.UNTRUSTED,
                    ApprovalsReviewer.USER,
                    SandboxMode.DANGER_FULL_ACCESS);

    private BindingBench bench;
    private BindingBench.Process bot;
    private Source source;
    private SessionKey session;

    @BeforeEach
    void begin() {
        bench = new BindingBench(stage);
        bot = bench.process();
        String place = "web:default:direct:" + UUID.randomUUID();
        source = new Source(place, Source.Kind.DIRECT, "web", "ada", "Ada", true);
        session = SessionKeys.ofClaim("main", place);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void itHasNoToolsOfOursAndKeepsItsThread() throws Exception {
        ThreadId thread = bind(wish());
        assertThat(start("hello").answer()).isEqualTo("Echo: hello");
        start("tell me more").outcome();
        assertThat(bench.message.texts()).isEmpty();
        assertThat(thread()).isEqualTo(thread);
    }

    @Test
    void nobodyIsAskedAndNothingIsAllowed() throws Exception {
        bench.with(ASKING);
        bind(wish());
        assertThat(start("run touch bound-denied").outcome())
                .isInstanceOf(TurnOutcome.Completed.class);
        assertThat(stage.workspace().resolve("bound-denied")).doesNotExist();
        assertThat(bench.approvals.pending(session)).isEmpty();
    }

    @Test
    void aTurnMayTakeTwentyMinutes() {
        assertThat(Watches.defaults().ofBound().run()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void aThreadThatWasForgottenIsBegunAnewInTheSameFolder(@TempDir Path elsewhere)
            throws Exception {
        ThreadId first = bind(wish(elsewhere));
        start("run touch one").outcome();
        bot.harness.forget(session);
        start("run touch two").outcome();
        assertThat(thread()).isNotEqualTo(first);
        assertThat(elsewhere.resolve("one")).exists();
        assertThat(elsewhere.resolve("two")).exists();
    }

    @Test
    void aThreadThatNeverHadATurnIsMadeAnewWhenItsServerDied(@TempDir Path elsewhere)
            throws Exception {
        bind(wish(elsewhere));
        stage.kill();
        bot = bench.process();
        start("run touch three").outcome();
        assertThat(elsewhere.resolve("three")).exists();
        ThreadId thread = thread();
        stage.kill();
        assertThat(start("again").answer()).isEqualTo("Echo: again");
        assertThat(thread()).isEqualTo(thread);
    }

    @Test
    void aThreadThatThereIsKeepsItsOwnFolder(@TempDir Path elsewhere) throws Exception {
        ThreadId thread = bind(wish(elsewhere));
        start("hello").outcome();
        bench.bindings.claims().remove(claim().orElseThrow());
        stage.kill();
        bot = bench.process();
        ThreadOffer offer = bot.codex.offer(session, wish(thread));
        assertThat(offer.terms().folder()).isEqualTo(elsewhere.toRealPath());
        assertThat(offer.binding().thread()).isEqualTo(thread);
        assertThat(claim()).isEmpty();
    }

    @Test
    void aThreadThatThereIsNotIsRefused() {
        assertThatThrownBy(
                        () ->
                                bot.codex.offer(
                                        session, wish(new ThreadId(UUID.randomUUID().toString()))))
                .isInstanceOf(RpcFailedException.class);
        assertThat(claim()).isEmpty();
        assertThat(bench.bindings.load(session)).isEmpty();
    }

    @Test
    void aBusyThreadIsRefused() throws Exception {
        ThreadId thread = bind(wish());
        RunningTurn turn = start("slow 60");
        turn.await(TurnEvent.TextDelta.class);
        assertThatThrownBy(() -> bot.codex.offer(session, wish(thread)))
                .isInstanceOf(ThreadBusyException.class);
        bot.harness.interrupt(turn.key(), TurnOutcome.Cause.USER_STOP);
        turn.outcome();
    }

    private ThreadId bind(BindWish wish) {
        ThreadOffer offer = bot.codex.offer(session, wish);
        Claim claim =
                new Claim(
                        session,
                        new SessionKey("agent:main:main"),
                        "codex",
                        Claim.State.BOUND,
                        source,
                        offer.terms().stored(),
                        7,
                        bench.timers.instant());
        bench.bindings.claims().save(claim, offer.binding());
        return offer.binding().thread();
    }

    private static BindWish wish() {
        return new BindWish(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static BindWish wish(Path folder) throws IOException {
        return new BindWish(
                Optional.empty(),
                Optional.of(Files.createDirectories(folder)),
                Optional.empty(),
                Optional.empty());
    }

    private static BindWish wish(ThreadId thread) {
        return new BindWish(
                Optional.of(thread), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private RunningTurn start(String text) {
        return RunningTurn.start(bot.harness, HarnessStage.request(session, text));
    }

    private ThreadId thread() {
        return bench.bindings.load(session).orElseThrow().thread();
    }

    private Optional<Claim> claim() {
        return bench.bindings.claims().of(source.token());
    }
}
