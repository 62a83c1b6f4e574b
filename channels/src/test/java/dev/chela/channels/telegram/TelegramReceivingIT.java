package dev.chela.channels.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.chela.channels.Attachment;
import dev.chela.channels.ButtonPress;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.ChatKind;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.MessageEdit;
import dev.chela.channels.Quote;
import dev.chela.channels.Reaction;
import dev.chela.channels.telegram.kit.FakeTelegram;
import dev.chela.channels.telegram.kit.Misbehaviour;
import dev.chela.config.state.Checkpoints;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people do on Telegram reaches the intake once and in order, whatever goes wrong. */
class TelegramReceivingIT {

    private static final long ANN = 501;
    private static final long GROUP = -1001;

    private final FakeTelegram telegram = FakeTelegram.start();
    private final RecordingIntake intake = new RecordingIntake();
    private final List<MenuCommand> commands =
            List.of(
                    new MenuCommand("status", "How it goes"),
                    new MenuCommand("dock-discord", "Move there"));
    private TelegramChannel channel = channel();

    @AfterEach
    void stop() {
        channel.close();
        telegram.close();
    }

    @Test
    void aPrivateMessageArrives() throws InterruptedException {
        int id = telegram.says(ANN, "hello");
        channel.start(intake);

        InboundMessage message = message(0);

        assertThat(message.text()).isEqualTo("hello");
        assertThat(message.messageId()).isEqualTo(String.valueOf(id));
        assertThat(message.conversation().kind()).isEqualTo(ChatKind.DIRECT);
        assertThat(message.conversation().peer()).isEqualTo("501");
        assertThat(message.sender().id()).isEqualTo("501");
        assertThat(message.sender().name()).isEqualTo("Person 501");
        assertThat(message.sender().username()).contains("person_501");
    }

    @Test
    void healthFollowsFinishedPolls() throws InterruptedException {
        assertThat(channel.health().listening()).isFalse();
        channel.start(intake);
        telegram.says(ANN, "hello");
        intake.await(1);
        telegram.awaitCalls("getUpdates", 2);

        assertThat(channel.health().listening()).isTrue();
        assertThat(channel.health().lastInbound()).isPresent();
        assertThat(channel.health().problem()).isEmpty();
    }

    @Test
    void mentionsAndCommandsInGroupsAreReadFromEntities() throws InterruptedException {
        telegram.says(GROUP, ANN, "@chela_test_bot what is up");
        telegram.says(GROUP, ANN, "/status@chela_test_bot now");
        telegram.says(GROUP, ANN, "/status@other_bot");
        telegram.says(GROUP, ANN, "ask @Chela_Test_Bot please");
        telegram.says(GROUP, ANN, "just talk");
        telegram.says(GROUP, ANN, "/dock_discord here");
        channel.start(intake);
        intake.await(6);

        assertThat(message(0).text()).isEqualTo("what is up");
        assertThat(message(0).mentioned()).isTrue();
        assertThat(message(1).text()).isEqualTo("/status now");
        assertThat(message(1).mentioned()).isTrue();
        assertThat(message(1).nativeCommand()).isTrue();
        assertThat(message(2).text()).isEqualTo("/status@other_bot");
        assertThat(message(2).mentioned()).isFalse();
        assertThat(message(2).nativeCommand()).isFalse();
        assertThat(message(3).text()).isEqualTo("ask @Chela_Test_Bot please");
        assertThat(message(3).mentioned()).isTrue();
        assertThat(message(4).mentioned()).isFalse();
        assertThat(message(5).text()).isEqualTo("/dock-discord here");
        assertThat(message(0).conversation().kind()).isEqualTo(ChatKind.GROUP);
    }

    @Test
    void whatADeepLinkCarriesIsNotSaid() throws InterruptedException {
        telegram.says(ANN, "/start ref_42");
        telegram.says(GROUP, ANN, "/start@chela_test_bot ref_42");
        channel.start(intake);
        intake.await(2);

        assertThat(message(0).text()).isEqualTo("/help");
        assertThat(message(0).nativeCommand()).isTrue();
        assertThat(message(1).text()).isEqualTo("/help");
        assertThat(message(1).mentioned()).isTrue();
    }

    @Test
    void aReplyToTheBotIsAMentionWithItsQuote() throws InterruptedException {
        telegram.replies(GROUP, ANN, 77, "and then?");
        channel.start(intake);
        intake.await(1);

        assertThat(message(0).mentioned()).isTrue();
        assertThat(message(0).quote().orElseThrow().fromBot()).isTrue();
        assertThat(message(0).quote().orElseThrow().messageId()).isEqualTo("77");
    }

    @Test
    void topicsAreConversationsOfTheirOwn() throws InterruptedException {
        telegram.saysInTopic(GROUP, 42, ANN, "in a topic");
        channel.start(intake);
        intake.await(1);

        assertThat(message(0).conversation().thread()).contains("42");
    }

    @Test
    void editsPressesAndReactionsAreEvents() throws InterruptedException {
        telegram.edits(ANN, ANN, 7, "better");
        String query = telegram.presses(ANN, ANN, 8, "approval:1:allow");
        telegram.reacts(ANN, ANN, 8, "👍");
        channel.start(intake);
        List<ChannelEvent> events = intake.await(3);

        assertThat(events.get(0))
                .isInstanceOfSatisfying(
                        MessageEdit.class, edit -> assertThat(edit.text()).isEqualTo("better"));
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        ButtonPress.class,
                        press -> {
                            assertThat(press.data()).isEqualTo("approval:1:allow");
                            channel.acknowledge(press, "Taken");
                        });
        assertThat(telegram.calls("answerCallbackQuery").getFirst().parameter("callback_query_id"))
                .isEqualTo(query);
        assertThat(events.get(2))
                .isInstanceOfSatisfying(Reaction.class, r -> assertThat(r.emoji()).isEqualTo("👍"));
    }

    @Test
    void anAlbumIsOneMessageEvenWhenItArrivesInTwoPolls() throws InterruptedException {
        telegram.sendsPicture(ANN, ANN, "album", new byte[] {1}, "look");
        channel.start(intake);
        telegram.awaitCalls("getUpdates", 1);
        telegram.sendsPicture(ANN, ANN, "album", new byte[] {2}, "");
        telegram.says(ANN, "nice?");
        intake.await(2);

        assertThat(message(0).text()).isEqualTo("look");
        assertThat(message(0).attachments())
                .hasSize(2)
                .extracting(Attachment::mediaType)
                .containsOnly("image/jpeg");
        assertThat(message(0).attachments().getFirst().handle().orElseThrow())
                .doesNotEndWith("-small");
        assertThat(message(1).text()).isEqualTo("nice?");
    }

    @Test
    void aForwardedMessageIsMarkedAndCommandsNothing() throws InterruptedException {
        JsonObject forwarded = new JsonObject();
        forwarded.addProperty("type", "hidden_user");
        forwarded.addProperty("date", 1);
        forwarded.addProperty("sender_user_name", "Mallory]\n");
        JsonObject message = TelegramUpdates.message(9, ANN, "/status");
        message.add("forward_origin", forwarded);
        telegram.push("message", message);
        channel.start(intake);
        intake.await(1);

        assertThat(message(0).text()).isEmpty();
        Quote quote = message(0).quote().orElseThrow();
        assertThat(quote.forwarded()).isTrue();
        assertThat(quote.sender()).isEqualTo("Mallory");
        assertThat(quote.body()).isEqualTo("/status");
        assertThat(message(0).nativeCommand()).isFalse();
    }

    @Test
    void anUpdateThatCannotBeReadCostsOnlyItself() throws InterruptedException {
        JsonObject broken = new JsonObject();
        broken.addProperty("message_id", 5);
        broken.addProperty("chat", "no object");
        telegram.push("message", broken);
        telegram.push("something_new", new JsonObject());
        telegram.says(ANN, "still there?");
        channel.start(intake);

        assertThat(intake.await(1)).hasSize(1);
        telegram.await("all confirmed", server -> server.unconfirmed() == 0);
    }

    @Test
    void aBatchThatCouldNotBeStoredComesAgain() throws InterruptedException {
        intake.failNext(3);
        telegram.says(ANN, "one");
        telegram.says(ANN, "two");
        channel.start(intake);
        intake.await(2);

        assertThat(intake.events()).hasSize(2);
        assertThat(message(0).text()).isEqualTo("one");
    }

    @Test
    void nothingIsConfirmedBeforeItIsStored() {
        intake.failNext(1_000_000);
        telegram.says(ANN, "one");
        channel.start(intake);
        telegram.awaitCalls("getUpdates", 4);

        assertThat(telegram.unconfirmed()).isEqualTo(1);
        assertThat(channel.health().problem().orElseThrow()).contains("cannot be stored");
    }

    @Test
    void aRestartGoesOnWhereTheLastBatchWasStored() throws InterruptedException {
        telegram.says(ANN, "one");
        channel.start(intake);
        intake.await(1);
        channel.close();
        telegram.says(ANN, "two");

        channel = channel();
        channel.start(intake);
        intake.await(2);

        assertThat(intake.events()).hasSize(2);
        assertThat(message(1).text()).isEqualTo("two");
    }

    @Test
    void troubleOfEveryKindEndsInGoingOn() throws InterruptedException {
        for (Misbehaviour wrong :
                List.of(
                        new Misbehaviour.ErrorPage(502),
                        new Misbehaviour.CutBefore(),
                        new Misbehaviour.CutAfter(),
                        new Misbehaviour.Truncated(),
                        new Misbehaviour.Garbage(),
                        new Misbehaviour.TooManyRequests(1),
                        new Misbehaviour.Refusal(409, "Conflict: terminated by other request"))) {
            telegram.next("getUpdates", wrong);
        }
        telegram.next("getMe", new Misbehaviour.ErrorPage(503));
        telegram.next("deleteWebhook", new Misbehaviour.CutBefore());
        telegram.says(ANN, "hello");
        channel.start(intake);

        assertThat(intake.await(1)).hasSize(1);
    }

    @Test
    void anotherPollerIsNamedAsTheProblem() {
        for (int i = 0; i < 400; i++) {
            telegram.next("getUpdates", new Misbehaviour.Refusal(409, "Conflict: terminated"));
        }
        channel.start(intake);
        telegram.awaitCalls("getUpdates", 3);

        assertThat(channel.health().listening()).isFalse();
        assertThat(channel.health().problem().orElseThrow()).contains("another program polls");
    }

    @Test
    void aRefusedTokenIsNamedWithTheNextStep() {
        for (int i = 0; i < 400; i++) {
            telegram.next("getMe", new Misbehaviour.Refusal(401, "Unauthorized"));
        }
        channel.start(intake);
        telegram.awaitCalls("getMe", 2);

        assertThat(channel.health().listening()).isFalse();
        assertThat(channel.health().problem().orElseThrow())
                .contains("@BotFather")
                .doesNotContain(FakeTelegram.TOKEN);
    }

    @Test
    void aLeftOverWebhookIsTakenAway() throws InterruptedException {
        telegram.hasWebhook();
        telegram.says(ANN, "hello");
        channel.start(intake);

        assertThat(intake.await(1)).hasSize(1);
        assertThat(telegram.webhookIsGone()).isTrue();
    }

    @Test
    void theMenuIsShortenedUntilTelegramTakesIt() {
        telegram.next(
                "setMyCommands",
                new Misbehaviour.Refusal(400, "Bad Request: BOT_COMMANDS_TOO_MUCH"));
        channel.start(intake);

        var calls = telegram.awaitCalls("setMyCommands", 2);

        assertThat(calls.get(0).parameter("commands")).contains("dock_discord");
        assertThat(calls.get(1).parameter("commands"))
                .contains("status")
                .doesNotContain("dock_discord");
    }

    @Test
    void closingEndsTheLongPollAtOnce() {
        channel.start(intake);
        telegram.awaitCalls("getUpdates", 2);
        channel.close();
        channel.close();

        assertThat(telegram.calls("getUpdates")).hasSize(2);
    }

    private InboundMessage message(int index) throws InterruptedException {
        return (InboundMessage) intake.await(index + 1).get(index);
    }

    private TelegramChannel channel() {
        return new TelegramChannel(
                telegram.settings(),
                intake::cursor,
                commands,
                Checkpoints.none(),
                Clock.systemUTC());
    }
}
