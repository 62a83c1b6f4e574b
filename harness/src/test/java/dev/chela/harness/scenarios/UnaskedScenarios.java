package dev.chela.harness.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.kit.Json;
import dev.chela.harness.kit.Talk;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What a server does beside what it was asked for: reviewer's turns, compactions, retries. */
abstract class UnaskedScenarios extends OnStage {

    @Test
    void aReviewEndsByTheTurnThatWasAnsweredAndNotByItsReviewersOwn() {
        try (var talk = Talk.begin(stage())) {
            var review = talk.review("hello reviewer");
            var seen = talk.watch().awaitEnd(review);

            assertThat(seen.status()).isEqualTo(TurnStatus.COMPLETED);
            assertThat(seen.items(ThreadItem.EnteredReviewMode.class)).hasSize(1);
            assertThat(seen.items(ThreadItem.ExitedReviewMode.class))
                    .extracting(ThreadItem.ExitedReviewMode::review)
                    .containsExactly("Echo: hello reviewer");
            assertThat(seen.answer()).isEqualTo("Echo: hello reviewer");
            assertThat(seen.items(ThreadItem.AgentMessage.class).getLast().phase()).isNull();
            if (traits().reviewsAlone()) {
                assertThat(talk.read().turns())
                        .extracting(CodexTurn::id, CodexTurn::status)
                        .containsExactly(
                                tuple(inner(talk, review), TurnStatus.INTERRUPTED),
                                tuple(review, TurnStatus.COMPLETED));
            }
            assertThat(talk.say("and after").answer()).isEqualTo("Echo: and after");
            assertThat(inner(talk, review)).isNotEqualTo(review);
            assertThat(talk.watch().seen())
                    .filteredOn(ServerNotification.TurnCompleted.class::isInstance)
                    .extracting(it -> ((ServerNotification.TurnCompleted) it).turnId())
                    .hasSize(2)
                    .doesNotContain(inner(talk, review));
        }
    }

    @Test
    void aReviewIsNotSteeredAndNoTurnStartsBesideIt() {
        try (var talk = Talk.begin(stage())) {
            var review = talk.review("slow 60");
            var inner = inner(talk, review);

            assertThatThrownBy(() -> talk.steer(review, "rather this"))
                    .asInstanceOf(InstanceOfAssertFactories.type(RpcFailedException.class))
                    .satisfies(
                            refused ->
                                    assertThat(refused.codexErrorInfo().orElseThrow().kind())
                                            .isEqualTo("activeTurnNotSteerable"));
            if (traits().reviewsAlone()) {
                assertThatThrownBy(() -> talk.start("and this"))
                        .isInstanceOf(RpcFailedException.class);
                assertThatThrownBy(() -> talk.interrupt(review))
                        .isInstanceOf(RpcFailedException.class)
                        .hasMessageContaining("expected active turn id");
            }

            // Who wants a review stopped names the reviewer's turn, though it never ends.
            talk.interrupt(inner);
            assertThat(talk.watch().awaitEnd(review).status()).isEqualTo(TurnStatus.INTERRUPTED);
            assertThat(talk.say("next").answer()).isEqualTo("Echo: next");
        }
    }

    @Test
    void aFullThreadIsCompactedInsideTheTurnWhichStillAnswers() {
        var config = Json.object("model_auto_compact_token_limit", 100);
        try (var talk = Talk.begin(stage(), ApprovalPolicy.NEVER, config)) {
            talk.say("hello");
            var turn = talk.say("and more");

            assertThat(turn.items(ThreadItem.ContextCompaction.class)).isNotEmpty();
            assertThat(turn.status()).isEqualTo(TurnStatus.COMPLETED);
            assertThat(turn.answer()).isEqualTo("Echo: and more");
        }
    }

    @Test
    void aRetryIsToldAndTheTurnGoesOnToItsAnswer() {
        var config = Json.object("model_providers.scripted.stream_max_retries", 1);
        try (var talk = Talk.begin(stage(), ApprovalPolicy.NEVER, config)) {
            var turn = talk.say("cut once, then go on");

            assertThat(turn.all(ServerNotification.Error.class))
                    .isNotEmpty()
                    .allSatisfy(error -> assertThat(error.willRetry()).isTrue());
            assertThat(turn.status()).isEqualTo(TurnStatus.COMPLETED);
            assertThat(turn.answer()).isEqualTo("Echo: cut once, then go on");
            assertThat(turn.items(ThreadItem.AgentMessage.class)).hasSize(1);
        }
    }

    /** The reviewer's own turn. */
    private static TurnId inner(Talk talk, TurnId review) {
        return talk.watch()
                .await(ServerNotification.TurnStarted.class, it -> !it.turnId().equals(review))
                .turnId();
    }
}
