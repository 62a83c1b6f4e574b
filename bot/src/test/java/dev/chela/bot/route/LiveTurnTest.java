package dev.chela.bot.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.TestDelivery;
import dev.chela.channels.ChannelsSchema;
import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.DeliverySettings;
import dev.chela.channels.delivery.Intent;
import dev.chela.channels.testing.FakeChannel;
import dev.chela.config.LiveConfig;
import dev.chela.config.testing.TestConfig;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveTurnTest {

    private final TestDatabase database = TestDatabase.open(List.of(ChannelsSchema.PART));
    private final FakeChannel channel = FakeChannel.named("web");
    private final Conversation ada = channel.direct("ada");
    private final Delivery delivery =
            TestDelivery.on(database, channel, DeliverySettings.standard());

    @AfterEach
    void close() {
        delivery.close();
        database.close();
    }

    @Test
    void anEchoedEnvelopeIsNotInThePreviewButACommandIsWhole() {
        LiveTurn turn = turn();

        turn.on(new TurnEvent.TextDelta("m", Foreign.fenced("a note", "private") + "the answer"));
        turn.on(new TurnEvent.Activity("c", "echo <untrusted what=\"x\">y</untrusted>", true));

        Await.until(
                "a preview",
                () -> channel.texts(ada).stream().anyMatch(text -> text.contains("⏳")),
                () -> channel.texts(ada));
        assertThat(channel.texts(ada))
                .singleElement()
                .asString()
                .startsWith("the answer")
                .doesNotContain("private")
                .contains("<untrusted what=\"x\">y</untrusted>");
    }

    @Test
    void thePreviewBeginsWithMoreThanAWord() {
        LiveTurn turn = turn();

        turn.on(new TurnEvent.TextDelta("m", "This "));
        delivery.post(Intent.say("x", ada, OutboundMessage.of("something else")));
        turn.on(new TurnEvent.TextDelta("m", "answer comes slowly, "));

        see("This answer comes slowly, …");
        assertThat(channel.history()).noneMatch(said -> said.text().startsWith("This …"));
    }

    @Test
    void aShortRemarkBeforeTheWorkIsSeenAtOnce() {
        turn().on(new TurnEvent.TextCompleted("m", "One moment.", true));

        see("One moment. …");
    }

    @Test
    void theEndOfLongCodeIsShownAsCode() {
        turn().on(new TurnEvent.TextDelta("m", "Here:\n```\n" + "line\n".repeat(1_000)));

        Await.until(
                "code",
                () -> channel.texts(ada).stream().anyMatch(text -> text.startsWith("…\n```\n")),
                () -> channel.texts(ada));
    }

    @Test
    void textCutInTheMiddleOfAFenceIsNotTurnedInsideOut() {
        turn().on(new TurnEvent.TextDelta("m", "```\ncode\n```\n" + "a".repeat(3_498)));

        Await.until(
                "what follows the code",
                () -> channel.texts(ada).stream().anyMatch(text -> text.startsWith("…\na")),
                () -> channel.texts(ada));
    }

    @Test
    void whatRunsStandsBelowCodeThatIsStillOpen() {
        LiveTurn turn = turn();
        turn.on(new TurnEvent.TextDelta("m", "Run this:\n```sh\nls"));
        turn.on(new TurnEvent.Activity("c", "ls", true));

        see("Run this:\n```sh\nls\n```\n\n⏳ `ls` …");
    }

    @Test
    void whatIsAskedAboutIsNotShownAsRunning() {
        LiveTurn turn = turn();
        turn.on(new TurnEvent.Activity("c", "Runs rm notes", true));
        turn.on(new TurnEvent.PeopleAsked(true));
        see("⏳ waiting for your answer …");

        turn.on(new TurnEvent.PeopleAsked(false));
        see("⏳ `Runs rm notes` …");
    }

    private void see(String text) {
        Await.until(text, () -> channel.texts(ada).contains(text), () -> channel.texts(ada));
    }

    private LiveTurn turn() {
        return new LiveTurn(
                delivery,
                new Manners(new LiveConfig(TestConfig.defaults())),
                ada,
                new TurnContext(
                        new TurnKey("turn"),
                        new SessionKey("agent:main:web:direct:ada"),
                        new Source(ada.token(), Source.Kind.DIRECT, "web", "ada", "Ada", true),
                        ReplyMode.AUTOMATIC,
                        List.of()));
    }
}
