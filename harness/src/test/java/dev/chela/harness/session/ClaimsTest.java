package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.config.state.DatabaseException;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.ThreadId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClaimsTest {

    private static final String PLACE = "telegram:default:direct:7";
    private static final SessionKey USUAL = new SessionKey("agent:main:main");
    private static final SessionKey OWN = SessionKeys.ofClaim("main", PLACE);
    private static final ThreadId THREAD = new ThreadId("t-1");
    private static final Instant NOW = Instant.ofEpochSecond(1_000);

    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private final Bindings bindings = new Bindings(database);
    private final Claims claims = bindings.claims();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aClaimThatWaitsChangesNothingYet() {
        Claim claim = claim(1, Claim.State.PENDING);
        claims.save(claim, binding(OWN));

        assertThat(claims.of(PLACE)).contains(claim);
        assertThat(claims.of(OWN)).isEmpty();
        assertThat(claims.pending()).containsExactly(claim);
    }

    @Test
    void whatAConversationIsToBeToldIsKeptUntilItWas() {
        Claim claim = claim(1, Claim.State.PENDING);
        claims.save(claim, binding(OWN));
        assertThat(claims.untold()).isEmpty();

        claims.allowed(claim, Optional.of("Bound to thread t-1"));
        database.reopen();
        assertThat(claims.untold())
                .containsExactly(Map.entry(claim.bound(), "Bound to thread t-1"));

        claims.told(claim);
        assertThat(claims.untold()).isEmpty();
    }

    @Test
    void aClaimThatIsMadeAnewOwesNoWords() {
        Claim claim = claim(1, Claim.State.PENDING);
        claims.save(claim, binding(OWN));
        claims.allowed(claim, Optional.of("Bound to thread t-1"));
        claims.save(claim(2, Claim.State.BOUND), binding(OWN));

        assertThat(claims.untold()).isEmpty();
    }

    @Test
    void anAllowedClaimTakesItsThreadFromTheUsualSession() {
        bindings.save(binding(USUAL));
        Claim claim = claim(1, Claim.State.PENDING);
        claims.save(claim, binding(OWN));

        assertThat(claims.allowed(claim, Optional.empty())).isTrue();

        assertThat(claims.of(OWN)).contains(claim.bound());
        assertThat(claims.pending()).isEmpty();
        assertThat(bindings.load(USUAL)).isEmpty();
        assertThat(bindings.load(OWN)).isPresent();
    }

    @Test
    void anAllowedClaimTakesItsThreadFromAnyOtherSession() {
        SessionKey other = new SessionKey("agent:main:telegram:direct:8");
        bindings.save(binding(other));
        Claim claim = claim(1, Claim.State.PENDING);
        claims.save(claim, binding(OWN));
        assertThat(bindings.load(other)).isPresent();

        claims.allowed(claim, Optional.empty());

        assertThat(bindings.of(THREAD)).extracting(Binding::session).containsExactly(OWN);
    }

    @Test
    void aClaimBoundToAnotherThreadTakesThatOneToo() {
        claims.save(claim(1, Claim.State.BOUND), binding(OWN, "t-2"));
        bindings.save(binding(USUAL));

        claims.save(claim(2, Claim.State.BOUND), binding(OWN));

        assertThat(bindings.of(THREAD)).extracting(Binding::session).containsExactly(OWN);
    }

    @Test
    void anotherThreadOfTheUsualSessionStays() {
        bindings.save(new Binding(USUAL, new ThreadId("t-2"), Map.of(), NOW, NOW));
        Claim claim = claim(1, Claim.State.PENDING);
        claims.save(claim, binding(OWN));

        claims.allowed(claim, Optional.empty());

        assertThat(bindings.load(USUAL)).isPresent();
    }

    @Test
    void aRemovedClaimTakesItsBindingAlongAndCannotBeAllowedAnyMore() {
        Claim claim = claim(1, Claim.State.PENDING);
        claims.save(claim, binding(OWN));

        assertThat(claims.remove(claim)).isTrue();

        assertThat(claims.of(PLACE)).isEmpty();
        assertThat(bindings.load(OWN)).isEmpty();
        assertThat(claims.remove(claim)).isFalse();
        assertThat(claims.allowed(claim, Optional.empty())).isFalse();
    }

    @Test
    void theCommandThatEndedAClaimIsKnownToItsRepeatAlone() {
        Claim claim = claim(1, Claim.State.BOUND);
        claims.save(claim, binding(OWN));

        claims.ending(claim, 2);
        claims.remove(claim);

        Claims again = new Bindings(database).claims();
        assertThat(again.endedBy(PLACE, 2)).contains(Claim.State.BOUND);
        assertThat(again.endedBy(PLACE, 3)).isEmpty();
        assertThat(again.endedBy("telegram:default:direct:8", 2)).isEmpty();
        again.ending(claim(4, Claim.State.PENDING), 5);
        assertThat(again.endedBy(PLACE, 5)).contains(Claim.State.PENDING);
    }

    @Test
    void aDecisionAboutAnOlderRequestLeavesTheNewerAlone() {
        Claim older = claim(1, Claim.State.PENDING);
        Claim newer = claim(2, Claim.State.PENDING);
        claims.save(older, binding(OWN));
        claims.save(newer, binding(OWN));

        assertThat(claims.allowed(older, Optional.empty())).isFalse();
        assertThat(claims.remove(older)).isFalse();

        assertThat(claims.of(PLACE)).contains(newer);
    }

    @Test
    void whatWasStoredIsFoundAfterARestart() {
        Claim claim = claim(1, Claim.State.BOUND);
        claims.save(claim, binding(OWN));
        claims.grant("codex", "telegram", "default", "7", NOW);

        Claims again = new Bindings(database).claims();

        assertThat(again.of(PLACE)).contains(claim);
        assertThat(again.of(OWN)).contains(claim);
        assertThat(again.isGranted("codex", "telegram", "default")).isTrue();
        assertThat(again.isGranted("codex", "telegram", "work")).isFalse();
    }

    @Test
    void whatWasAllowedForEverCanBeTakenBackForOneAccount() {
        claims.grant("codex", "telegram", "default", "7", NOW);
        claims.grant("codex", "telegram", "work", "7", NOW);

        claims.ungrant("codex", "telegram", "default");
        claims.ungrant("codex", "telegram", "default");

        assertThat(claims.isGranted("codex", "telegram", "default")).isFalse();
        assertThat(claims.isGranted("codex", "telegram", "work")).isTrue();
    }

    @Test
    void aWriteThatFailedLeavesNothingKnownThatIsNoLongerSo() {
        assertThat(claims.of(PLACE)).isEmpty();
        Claim claim = claim(1, Claim.State.BOUND);
        new Bindings(database).claims().save(claim, binding(OWN));
        Source elsewhere = new Source("x", Source.Kind.DIRECT, "telegram", "7", "Ada", true);
        Claim sameSession =
                new Claim(OWN, USUAL, "codex", Claim.State.BOUND, elsewhere, Map.of(), 2, NOW);

        assertThatThrownBy(() -> claims.save(sameSession, binding(OWN)))
                .isInstanceOf(DatabaseException.class);

        assertThat(claims.of(PLACE)).contains(claim);
    }

    @Test
    void noOtherSessionLooksLikeTheOneOfAClaim() {
        assertThat(SessionKeys.isClaim(OWN)).isTrue();
        assertThat(SessionKeys.isClaim(USUAL)).isFalse();
        assertThat(SessionKeys.isClaim(new SessionKey("global"))).isFalse();
        assertThat(SessionKeys.isClaim(new SessionKey("agent:bound:telegram:direct:7"))).isFalse();
    }

    private static Claim claim(long ticket, Claim.State state) {
        Source by = new Source(PLACE, Source.Kind.DIRECT, "telegram", "7", "Ada", true);
        return new Claim(OWN, USUAL, "codex", state, by, Map.of("cwd", "/srv"), ticket, NOW);
    }

    private static Binding binding(SessionKey session) {
        return binding(session, THREAD.value());
    }

    private static Binding binding(SessionKey session, String thread) {
        return new Binding(session, new ThreadId(thread), Map.of("cwd", "/srv"), NOW, NOW);
    }
}
