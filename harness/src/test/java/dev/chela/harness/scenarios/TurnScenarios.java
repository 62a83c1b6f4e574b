package dev.chela.harness.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.InputKey;
import dev.chela.harness.appserver.protocol.MessagePhase;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.kit.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Turns in which the model only talks, or fails. */
abstract class TurnScenarios extends OnStage {

    @Test
    void aPlainTurnStreamsItsAnswerAndCompletes() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.say("hello there");

            assertThat(turn.status()).isEqualTo(TurnStatus.COMPLETED);
            assertThat(turn.answer()).isEqualTo("Echo: hello there");
            var message = turn.items(ThreadItem.AgentMessage.class).getLast();
            assertThat(message.phase()).isEqualTo(MessagePhase.FINAL_ANSWER);
            assertThat(turn.streamed(message.id())).isEqualTo(message.text());
        }
    }

    @Test
    void theInputComesBackUnderTheClientsName() {
        try (var talk = Talk.begin(stage())) {
            var input = new InputKey("input-of-the-scenario");
            var turn = talk.watch().awaitEnd(talk.start("hello", input));

            var message = turn.items(ThreadItem.UserMessage.class).getFirst();
            assertThat(message.clientId()).isEqualTo(traits().clientIds() ? input.value() : null);
        }
    }

    @Test
    void theLastWordOfATurnIsItsCompletion() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.say("hello");

            assertThat(turn.notifications().getLast())
                    .isInstanceOf(ServerNotification.TurnCompleted.class);
        }
    }

    @Test
    void aRemarkIsCommentaryAndTheAnswerIsNot() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.say("two answers");

            assertThat(turn.items(ThreadItem.AgentMessage.class))
                    .extracting(ThreadItem.AgentMessage::phase)
                    .containsExactly(MessagePhase.COMMENTARY, MessagePhase.FINAL_ANSWER);
            assertThat(turn.answer()).isEqualTo("And this is the answer.");
        }
    }

    @Test
    void reasoningIsAnItemBeforeTheAnswer() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.say("think about the sea");

            assertThat(turn.items(ThreadItem.Reasoning.class)).hasSize(1);
            assertThat(turn.answer()).isEqualTo("I thought about the sea.");
        }
    }

    @Test
    void aTurnMayCompleteWithoutAWord() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.say("say nothing");

            assertThat(turn.status()).isEqualTo(TurnStatus.COMPLETED);
            assertThat(turn.answer()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fail, internalServerError",
        "fail quota, usageLimitExceeded",
        "fail rate, rateLimitExceeded",
        "fail busy, serverOverloaded",
        "fail full, contextWindowExceeded",
        "fail 400, other",
        "fail 401, httpConnectionFailed",
        "fail 429, responseTooManyFailedAttempts",
        "fail 503, httpConnectionFailed",
    })
    void aFailedTurnNamesItsCauseAndTheThreadGoesOn(String text, String cause) {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.say(text);

            assertThat(turn.status()).isEqualTo(TurnStatus.FAILED);
            assertThat(turn.error().codexErrorInfo().kind())
                    .isEqualTo(
                            List.of("fail rate", "fail 401", "fail 503").contains(text)
                                            && !traits().causesTyped()
                                    ? "other"
                                    : cause);
            assertThat(talk.say("still there?").answer()).isEqualTo("Echo: still there?");
        }
    }

    @Test
    void aCompactionIsATurnThatNobodyStartedAndTheThreadGoesOn() {
        try (var talk = Talk.begin(stage())) {
            var first = talk.say("hello");
            talk.compact();
            var done =
                    talk.watch()
                            .await(
                                    ServerNotification.ItemCompleted.class,
                                    it -> it.item() instanceof ThreadItem.ContextCompaction);

            assertThat(done.turnId()).isNotEqualTo(first.id());
            assertThat(talk.watch().awaitEnd(done.turnId()).status())
                    .isEqualTo(TurnStatus.COMPLETED);
            assertThat(talk.say("and after").answer()).isEqualTo("Echo: and after");
        }
    }

    @Test
    void aCutStreamFailsTheTurnAndItsHalfAnswerNeverCompletes() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.say("cut");

            assertThat(turn.status()).isEqualTo(TurnStatus.FAILED);
            assertThat(turn.error().message()).contains("stream disconnected");
            assertThat(turn.items(ThreadItem.AgentMessage.class)).isEmpty();
            assertThat(turn.all(ServerNotification.AgentMessageDelta.class)).isNotEmpty();
            assertThat(talk.say("and now?").status()).isEqualTo(TurnStatus.COMPLETED);
        }
    }
}
