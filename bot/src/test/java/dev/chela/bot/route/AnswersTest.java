package dev.chela.bot.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.TestDelivery;
import dev.chela.channels.Button;
import dev.chela.channels.ChannelsSchema;
import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.DeliverySettings;
import dev.chela.channels.inbox.Outcome;
import dev.chela.channels.testing.FakeChannel;
import dev.chela.config.LiveConfig;
import dev.chela.config.testing.TestConfig;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a turn's end says to whom. */
class AnswersTest {

    private static final long ADDRESSED = 7;
    private static final long OVERHEARD = 8;

    private final TestDatabase database = TestDatabase.open(List.of(ChannelsSchema.PART));
    private final FakeChannel channel = FakeChannel.named("telegram");
    private final Conversation ada = channel.direct("ada");
    private final Delivery delivery =
            TestDelivery.on(database, channel, DeliverySettings.standard());
    private final Answers answers =
            new Answers(
                    delivery,
                    new Manners(new LiveConfig(TestConfig.defaults())),
                    tickets -> tickets.contains(ADDRESSED));

    @AfterEach
    void close() {
        delivery.close();
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void aTurnInterruptedElsewhereIsToldWithAWayOn(ReplyMode mode) {
        Answers.Answer answer =
                answers.of(turn(Source.Kind.DIRECT, mode, ADDRESSED), interruptedElsewhere("half"));

        String half = mode == ReplyMode.AUTOMATIC ? "half\n\n" : "";
        assertThat(text(answer)).startsWith(half + "⚠️ This turn was interrupted, and not from");
        assertThat(buttons(answer)).containsExactly("Continue");
        assertThat(answer.outcome()).isEqualTo(Outcome.STOPPED);
    }

    @Test
    void soIsOneThatHadSaidNothingYet() {
        Answers.Answer answer =
                answers.of(
                        turn(Source.Kind.DIRECT, ReplyMode.AUTOMATIC, ADDRESSED),
                        interruptedElsewhere(""));

        assertThat(text(answer)).startsWith("⚠️ This turn was interrupted");
        assertThat(buttons(answer)).containsExactly("Continue");
    }

    @ParameterizedTest
    @EnumSource(
            value = TurnOutcome.Cause.class,
            names = {"SHUTDOWN", "PROCESS_EXIT", "EXTERNAL"})
    void whoIsToSayContinueHasAButtonForIt(TurnOutcome.Cause cause) {
        Answers.Answer answer =
                answers.of(
                        turn(Source.Kind.GROUP, ReplyMode.MESSAGE_TOOL, ADDRESSED),
                        new TurnOutcome.Interrupted(cause, Optional.empty()));

        assertThat(text(answer)).contains("*continue*");
        assertThat(buttons(answer)).containsExactly("Continue");
    }

    @Test
    void whoStoppedItKnows() {
        Answers.Answer answer =
                answers.of(
                        turn(Source.Kind.DIRECT, ReplyMode.MESSAGE_TOOL, ADDRESSED),
                        new TurnOutcome.Interrupted(
                                TurnOutcome.Cause.USER_STOP, Optional.of("half")));

        assertThat(answer.message()).isEmpty();
        assertThat(answer.outcome()).isEqualTo(Outcome.STOPPED);
    }

    @Test
    void whoStoppedItIsToldWhenItsCommandsMayStillRun() {
        Answers.Answer answer =
                answers.of(
                        turn(Source.Kind.DIRECT, ReplyMode.MESSAGE_TOOL, ADDRESSED),
                        new TurnOutcome.Interrupted(
                                TurnOutcome.Cause.USER_STOP,
                                Optional.empty(),
                                Optional.of("Some commands may still run.")));

        assertThat(text(answer)).isEqualTo("ℹ️ Some commands may still run.");
        assertThat(answer.outcome()).isEqualTo(Outcome.STOPPED);
    }

    @Test
    void aRoomThatIsOnlyWatchedHearsNothingOfOurTroubles() {
        TurnContext overheard = turn(Source.Kind.GROUP, ReplyMode.MESSAGE_TOOL, OVERHEARD);
        List<TurnOutcome> ends =
                List.of(
                        interruptedElsewhere("half"),
                        new TurnOutcome.Interrupted(TurnOutcome.Cause.SHUTDOWN, Optional.empty()),
                        new TurnOutcome.Failed(TurnOutcome.Failure.OVERLOADED, "busy"),
                        new TurnOutcome.Uncertain(TurnOutcome.Cause.PROCESS_EXIT, "cut"),
                        new TurnOutcome.Completed(Optional.of("private"), false, List.of()),
                        new TurnOutcome.Completed(Optional.empty(), true, List.of())
                                .withNotice("the thread was replaced"));

        assertThat(ends)
                .allSatisfy(
                        end -> {
                            Answers.Answer answer = answers.of(overheard, end);
                            assertThat(answer.message()).isEmpty();
                            assertThat(answer.detail()).isPresent();
                        });
    }

    @Test
    void whatNobodySaidIsAnsweredNowhere() {
        Answers.Answer answer =
                answers.of(
                        turn(Source.Kind.INTERNAL, ReplyMode.AUTOMATIC, OVERHEARD),
                        interruptedElsewhere(""));

        assertThat(answer.message()).isEmpty();
        assertThat(answer.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(answer.detail()).contains("nobody had asked; stopped");
    }

    @Test
    void anAlwaysOnGroupThatSeesRepliesSeesWhyOneIsMissing() {
        Answers.Answer answer =
                answers.of(
                        turn(Source.Kind.GROUP, ReplyMode.AUTOMATIC, OVERHEARD),
                        new TurnOutcome.Failed(TurnOutcome.Failure.OVERLOADED, "busy"));

        assertThat(text(answer)).isEqualTo("⚠️ busy");
    }

    private TurnContext turn(Source.Kind kind, ReplyMode mode, long ticket) {
        return new TurnContext(
                new TurnKey("turn"),
                new SessionKey("agent:main:telegram:direct:ada"),
                new Source(ada.token(), kind, "telegram", "ada", "Ada", true),
                mode,
                List.of(ticket));
    }

    private static TurnOutcome interruptedElsewhere(String partial) {
        return new TurnOutcome.Interrupted(TurnOutcome.Cause.EXTERNAL, Optional.of(partial));
    }

    private static String text(Answers.Answer answer) {
        return answer.message().map(OutboundMessage::markdown).orElse("");
    }

    private static List<String> buttons(Answers.Answer answer) {
        return answer.message().stream()
                .flatMap(message -> message.buttons().stream())
                .flatMap(List::stream)
                .map(Button::label)
                .toList();
    }
}
