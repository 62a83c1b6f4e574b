package dev.chela.channels.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.channels.Attachment;
import dev.chela.channels.Button;
import dev.chela.channels.ChannelException;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Sent;
import dev.chela.channels.telegram.kit.BotMessage;
import dev.chela.channels.telegram.kit.FakeTelegram;
import dev.chela.channels.telegram.kit.Misbehaviour;
import dev.chela.config.state.Checkpoints;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of a send is told truthfully, whatever Telegram or the network did. */
class TelegramSendingIT {

    private static final long ANN = 501;
    private static final Chunk HI = chunk("<b>hi</b>", "hi");

    @TempDir private Path files;

    private final FakeTelegram telegram = FakeTelegram.start();
    private final TelegramChannel channel = channel(telegram.settings());

    @AfterEach
    void stop() {
        channel.close();
        telegram.close();
    }

    @Test
    void aMessageArrivesWithItsMarkup() {
        Sent sent = channel.send(to(ANN), HI, "k");

        BotMessage message = telegram.messagesIn(ANN).getFirst();
        assertThat(sent).isEqualTo(new Sent.Acknowledged(String.valueOf(message.id())));
        assertThat(message.text()).isEqualTo("<b>hi</b>");
        assertThat(message.parameter("parse_mode")).isEqualTo("HTML");
    }

    @Test
    void topicsRepliesButtonsAndSilenceAreCarried() {
        Conversation topic =
                new Conversation("telegram", "default", ChatKind.GROUP, "-100", Optional.of("42"));
        Chunk chunk =
                new Chunk(
                        "hi",
                        "hi",
                        List.of(),
                        List.of(
                                List.of(
                                        new Button(
                                                "Yes", "approval:1:allow", Button.Style.PRIMARY))),
                        Optional.of("7"),
                        true);

        channel.send(topic, chunk, "k");

        BotMessage message = telegram.messagesIn(-100).getFirst();
        assertThat(message.parameter("message_thread_id")).isEqualTo("42");
        assertThat(message.parameter("reply_parameters"))
                .contains("\"message_id\":7")
                .contains("\"allow_sending_without_reply\":true");
        assertThat(message.parameter("reply_markup")).contains("approval:1:allow");
        assertThat(message.parameter("disable_notification")).isEqualTo("true");
    }

    @Test
    void theGeneralTopicIsLeftOutOfMessagesAndKeptInTyping() {
        Conversation general =
                new Conversation("telegram", "default", ChatKind.GROUP, "-100", Optional.of("1"));

        channel.send(general, HI, "k");
        channel.typing(general);

        assertThat(telegram.messagesIn(-100).getFirst().parameters())
                .doesNotContainKey("message_thread_id");
        assertThat(
                        telegram.awaitCalls("sendChatAction", 1)
                                .getFirst()
                                .parameter("message_thread_id"))
                .isEqualTo("1");
    }

    @Test
    void markupThatTelegramRefusesIsSentOnceAsPlainText() {
        Sent sent = channel.send(to(ANN), chunk("<b>broken", "broken"), "k");

        assertThat(sent).isInstanceOf(Sent.Acknowledged.class);
        assertThat(telegram.messagesIn(ANN).getFirst().text()).isEqualTo("broken");
        assertThat(telegram.calls("sendMessage")).hasSize(2);
    }

    @Test
    void tooManyRequestsIsTriedAgainWhenTelegramSays() {
        telegram.next("sendMessage", new Misbehaviour.TooManyRequests(7));

        assertThat(channel.send(to(ANN), HI, "k"))
                .isInstanceOfSatisfying(
                        Sent.TryAgain.class,
                        again -> assertThat(again.after()).isEqualTo(Duration.ofSeconds(7)));
        assertThat(telegram.messages()).isEmpty();
    }

    @Test
    void serverErrorsAreTriedAgain() {
        telegram.next("sendMessage", new Misbehaviour.ErrorPage(502));

        assertThat(channel.send(to(ANN), HI, "k")).isInstanceOf(Sent.TryAgain.class);
    }

    @Test
    void aConnectionCutAfterTheRequestIsUnknownAndNotRepeated() {
        telegram.next("sendMessage", new Misbehaviour.CutAfter());

        assertThat(channel.send(to(ANN), HI, "k"))
                .isInstanceOfSatisfying(
                        Sent.Unknown.class,
                        lost -> assertThat(lost.reason()).doesNotContain(FakeTelegram.TOKEN));
        assertThat(telegram.messagesIn(ANN)).hasSize(1);
    }

    @Test
    void anAnswerThatCannotBeReadIsUnknown() {
        telegram.next("sendMessage", new Misbehaviour.Truncated());
        telegram.next("sendMessage", new Misbehaviour.Garbage());

        assertThat(channel.send(to(ANN), HI, "k")).isInstanceOf(Sent.Unknown.class);
        assertThat(channel.send(to(502), HI, "l")).isInstanceOf(Sent.Unknown.class);
    }

    @Test
    void anAnswerThatComesTooLateIsUnknown() {
        telegram.next("sendMessage", new Misbehaviour.Slow(Duration.ofSeconds(4)));

        assertThat(channel.send(to(ANN), HI, "k")).isInstanceOf(Sent.Unknown.class);
        assertThat(telegram.messagesIn(ANN)).hasSize(1);
    }

    @Test
    void nobodyListeningIsTriedAgain() {
        try (TelegramChannel lonely =
                channel(at(telegram.settings(), URI.create("http://127.0.0.1:1")))) {
            assertThat(lonely.send(to(ANN), HI, "k")).isInstanceOf(Sent.TryAgain.class);
        }
    }

    @Test
    void blockedAndMissingChatsAreRefused() {
        telegram.next(
                "sendMessage",
                new Misbehaviour.Refusal(403, "Forbidden: bot was blocked by the user"));
        telegram.next("sendMessage", new Misbehaviour.Refusal(400, "Bad Request: chat not found"));

        assertThat(channel.send(to(ANN), HI, "k"))
                .isInstanceOfSatisfying(
                        Sent.Refused.class,
                        refused -> assertThat(refused.reason()).contains("blocked"));
        assertThat(channel.send(to(502), HI, "l")).isInstanceOf(Sent.Refused.class);
        assertThat(channel.send(to("ann"), HI, "m")).isInstanceOf(Sent.Refused.class);
    }

    @Test
    void editsAndDeletionsAreSeenInTheChat() {
        var sent = (Sent.Acknowledged) channel.send(to(ANN), HI, "k");

        assertThat(channel.edit(to(ANN), sent.messageId(), chunk("bye", "bye"))).isEqualTo(sent);
        assertThat(telegram.messagesIn(ANN).getFirst().text()).isEqualTo("bye");
        assertThat(channel.edit(to(ANN), sent.messageId(), chunk("bye", "bye"))).isEqualTo(sent);
        assertThat(channel.delete(to(ANN), sent.messageId())).isEqualTo(sent);
        assertThat(channel.delete(to(ANN), sent.messageId())).isEqualTo(sent);
        assertThat(telegram.messagesIn(ANN)).isEmpty();
    }

    @Test
    void reactionsAreSetAndTakenAway() {
        channel.react(to(ANN), "5", "❤️");
        channel.react(to(ANN), "5", "");

        var calls = telegram.calls("setMessageReaction");
        assertThat(calls.get(0).parameter("reaction")).contains("\"emoji\":\"❤\"");
        assertThat(calls.get(1).parameter("reaction")).isEqualTo("[]");
    }

    @Test
    void picturesArePhotosAndOtherFilesDocuments() throws IOException {
        Path png = Files.write(files.resolve("a.png"), new byte[] {1, 2, 3});
        Path txt = Files.writeString(files.resolve("b.txt"), "notes");
        OutboundMessage message =
                OutboundMessage.of("**two** files")
                        .withAttachments(
                                List.of(
                                        file("a.png", "image/png", png),
                                        file("b.txt", "text/plain", txt)));

        List<Chunk> chunks = channel.render(to(ANN), message);
        chunks.forEach(chunk -> channel.send(to(ANN), chunk, "k"));

        assertThat(chunks).hasSize(2);
        assertThat(telegram.calls("sendPhoto")).hasSize(1);
        assertThat(telegram.calls("sendDocument")).hasSize(1);
        List<BotMessage> seen = telegram.messagesIn(ANN);
        assertThat(seen.get(0).text()).isEqualTo("<b>two</b> files");
        assertThat(seen.get(0).file()).containsExactly(1, 2, 3);
        assertThat(seen.get(1).fileName()).isEqualTo("b.txt");
        assertThat(seen.get(1).file()).asString().isEqualTo("notes");
    }

    @Test
    void aPictureThatTelegramCannotShowIsSentAsAFile() throws IOException {
        Path png = Files.write(files.resolve("a.png"), new byte[] {1});
        telegram.next(
                "sendPhoto",
                new Misbehaviour.Refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"));

        Chunk chunk =
                channel.render(
                                to(ANN),
                                OutboundMessage.of("")
                                        .withAttachments(List.of(file("a.png", "image/png", png))))
                        .getFirst();

        assertThat(channel.send(to(ANN), chunk, "k")).isInstanceOf(Sent.Acknowledged.class);
        assertThat(telegram.calls("sendDocument")).hasSize(1);
    }

    @Test
    void longTextsComeBeforeTheirFilesAndButtonsAtTheEnd() throws IOException {
        Path txt = Files.writeString(files.resolve("b.txt"), "notes");
        List<List<Button>> buttons =
                List.of(List.of(new Button("Go", "command:go", Button.Style.SECONDARY)));

        List<Chunk> chunks =
                channel.render(
                        to(ANN),
                        OutboundMessage.of("word ".repeat(1000))
                                .withAttachments(List.of(file("b.txt", "text/plain", txt)))
                                .withButtons(buttons)
                                .inReplyTo("9"));

        assertThat(chunks).hasSize(3);
        assertThat(chunks.get(0).replyTo()).contains("9");
        assertThat(chunks.get(1).replyTo()).isEmpty();
        assertThat(chunks.get(2).attachments()).hasSize(1);
        assertThat(chunks.get(2).buttons()).isEqualTo(buttons);
        assertThat(chunks).allSatisfy(c -> assertThat(c.text().length()).isLessThan(4097));
    }

    @Test
    void filesAreFetchedUnderANameOfOurOwn() throws Exception {
        RecordingIntake intake = new RecordingIntake();
        telegram.sendsFile(ANN, ANN, "../../notes.txt", "hello".getBytes(), "see");
        channel.start(intake);
        InboundMessage message = (InboundMessage) intake.await(1).getFirst();

        Path file = channel.fetch(message.attachments().getFirst(), files);

        assertThat(message.text()).isEqualTo("see");
        assertThat(file).hasContent("hello").hasParent(files);
        assertThat(file.getFileName().toString()).endsWith(".txt").doesNotContain("notes");
    }

    @Test
    void filesThatAreTooLargeAreNotFetched() throws Exception {
        RecordingIntake intake = new RecordingIntake();
        telegram.sendsFile(ANN, ANN, "big.bin", new byte[(1 << 20) + 1], "see");
        channel.start(intake);
        InboundMessage message = (InboundMessage) intake.await(1).getFirst();

        assertThatThrownBy(() -> channel.fetch(message.attachments().getFirst(), files))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("larger than 1 MB (channels.telegram.mediaMaxMb)");
        assertThat(files).isEmptyDirectory();
    }

    @Test
    void nothingIsSentAfterClosing() {
        channel.close();

        assertThat(channel.send(to(ANN), HI, "k")).isInstanceOf(Sent.TryAgain.class);
        assertThat(telegram.messages()).isEmpty();
    }

    private static TelegramChannel channel(TelegramSettings settings) {
        return new TelegramChannel(
                settings, Optional::empty, List.of(), Checkpoints.none(), Clock.systemUTC());
    }

    private static TelegramSettings at(TelegramSettings s, URI root) {
        return new TelegramSettings(
                s.account(),
                s.token(),
                root,
                s.proxy(),
                s.limits(),
                s.linkPreview(),
                s.mediaMaxBytes(),
                s.poll(),
                s.stall(),
                s.albumFlush(),
                s.reactions(),
                s.nativeMenu(),
                s.customCommands(),
                s.timeout(),
                s.backOff());
    }

    private static Attachment file(String name, String type, Path path) {
        return new Attachment(name, type, -1, Optional.empty(), Optional.of(path));
    }

    private static Chunk chunk(String text, String plain) {
        return new Chunk(text, plain, List.of(), List.of(), Optional.empty(), false);
    }

    private static Conversation to(long person) {
        return to(String.valueOf(person));
    }

    private static Conversation to(String peer) {
        return new Conversation("telegram", "default", ChatKind.DIRECT, peer, Optional.empty());
    }
}
