package dev.chela.channels.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.channels.Attachment;
import dev.chela.channels.Button;
import dev.chela.channels.ButtonPress;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Sent;
import dev.chela.channels.web.kit.PageClient;
import dev.chela.channels.web.kit.WebRig;
import dev.chela.config.testing.ManualClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's calls, without a page. */
final class WebChannelTest {

    private final WebSettings settings =
            new WebSettings("default", "/chat", "Chela", 3, 1_000, 5_000);
    private final WebRig rig = WebRig.open(new ManualClock(), settings);
    private PageClient client = new PageClient(rig);

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void everyCallNeedsTheToken() throws Exception {
        for (String path :
                List.of("state", "history?before=1", "events", "commands", "chats", "files/x")) {
            assertThat(client.withoutToken("/web/" + path)).isEqualTo(401);
        }
        assertThat(client.withoutToken("/chat")).isEqualTo(401);
    }

    @Test
    void thePageAndItsPartsAreServed() throws Exception {
        assertThat(client.get("/chat").body()).contains("<textarea");
        assertThat(client.get("/web/page/chat.js").headers().firstValue("Content-Type"))
                .hasValue("text/javascript; charset=utf-8");
        assertThat(client.get("/web/page/../chat.html%00").statusCode()).isEqualTo(404);
    }

    @Test
    void aMessageIsInTheInboxWhenItIsAcknowledged() throws Exception {
        HttpResponse<String> answer = client.say("c-12345678", "quiet /status");
        assertThat(answer.statusCode()).isEqualTo(200);
        InboundMessage message = (InboundMessage) rig.bot().accepted().getFirst();
        assertThat(message.id().value()).isEqualTo("c-12345678");
        assertThat(message.text()).isEqualTo("quiet /status");
        assertThat(message.conversation().token()).isEqualTo("web:default:direct:main");
        assertThat(message.sender()).isEqualTo(FromPage.OWNER);
    }

    @Test
    void aRepeatedMessageIsOneMessage() throws Exception {
        client.say("c-12345678", "quiet once");
        client.say("c-12345678", "quiet once");
        assertThat(rig.bot().texts()).containsExactly("quiet once");
        assertThat(client.state().get("messages")).hasSize(1);
    }

    @Test
    void whatTheInboxRefusesIsNotAcknowledgedAndOfferedAgainAtTheNextStart() throws Exception {
        rig.bot().failNext(1);
        assertThat(client.say("c-12345678", "quiet later").statusCode()).isEqualTo(503);
        assertThat(rig.bot().texts()).isEmpty();
        rig.start(rig.stop());
        assertThat(rig.bot().texts()).containsExactly("quiet later");
    }

    @Test
    void brokenMessagesAreRefusedWithAReason() throws Exception {
        assertThat(client.post("/web/messages", "{").statusCode()).isEqualTo(400);
        assertThat(client.say("short", "hi").body()).contains("not one that a page makes");
        assertThat(client.say("c-12345678", "  ").body()).contains("empty");
        assertThat(client.say("c-12345678", "x".repeat(60_001)).statusCode()).isEqualTo(413);
        assertThat(client.post("/web/messages", "x".repeat(600_000)).statusCode()).isEqualTo(413);
        assertThat(client.get("/web/messages").statusCode()).isEqualTo(405);
        assertThat(client.get("/web/state?chat=../x").statusCode()).isEqualTo(400);
        assertThat(rig.bot().accepted()).isEmpty();
    }

    @Test
    void aSendUnderOneKeyIsOneMessage() throws Exception {
        String first = send("hello", "turn:1:final");
        assertThat(send("hello", "turn:1:final")).isEqualTo(first);
        assertThat(client.state().get("messages")).hasSize(1);
        var chunk = rig.channel().render(WebRig.MAIN, OutboundMessage.of("hello")).getFirst();
        assertThat(rig.channel().ask(WebRig.MAIN, chunk, "turn:1:final"))
                .isEqualTo(new Sent.Acknowledged(first));
        assertThat(rig.channel().ask(WebRig.MAIN, chunk, "turn:2:final"))
                .isInstanceOf(Sent.TryAgain.class);
    }

    @Test
    void thePageCatchesUpFromTheLastEventItSawAlsoOverARestart() throws Exception {
        String kept = send("one", "k1");
        String gone = send("two", "k2");
        long seen = client.state().get("seq").asLong();
        edit(kept, "one, edited");
        assertThat(rig.channel().delete(WebRig.MAIN, gone)).isEqualTo(new Sent.Acknowledged(gone));
        send("three", "k3");
        rig.start(rig.stop());
        List<PageClient.Event> events = client.events(seen, 4);
        assertThat(events)
                .extracting(PageClient.Event::name)
                .containsExactly("hello", "message", "delete", "message");
        assertThat(events.get(1).data().get("text").asText()).isEqualTo("one, edited");
        assertThat(events.get(2).data().get("id").asText()).isEqualTo(gone);
        assertThat(events).extracting(PageClient.Event::id).isSorted();
    }

    @Test
    void manyEditsOfOneMessageAreOneEventForAPageThatComesLater() throws Exception {
        String id = send("0", "k1");
        for (int i = 1; i <= 20; i++) {
            edit(id, "" + i);
        }
        List<PageClient.Event> events = client.events(0, 2);
        assertThat(events.get(1).data().get("text").asText()).isEqualTo("20");
        assertThat(client.state().get("messages")).hasSize(1);
    }

    @Test
    void aPageTooFarBehindIsToldToLoadAnew() throws Exception {
        for (int i = 0; i <= EventFeed.CATCH_UP_MAX; i++) {
            send("m" + i, "k" + i);
        }
        assertThat(client.events(0, 1).getFirst().name()).isEqualTo("reload");
        assertThat(client.events(99_999, 1).getFirst().name()).isEqualTo("reload");
        assertThat(client.events(400, 1).getFirst().name()).isEqualTo("hello");
    }

    @Test
    void historyIsReadInPages() throws Exception {
        for (int i = 0; i < 5; i++) {
            send("m" + i, "k" + i);
        }
        JsonNode state = client.state();
        assertThat(state.get("messages")).hasSize(3);
        assertThat(state.get("more").asBoolean()).isTrue();
        long oldest = state.get("messages").get(0).get("born").asLong();
        JsonNode older = client.json("/web/history?before=" + oldest);
        assertThat(older.get("messages").get(1).get("text").asText()).isEqualTo("m1");
        assertThat(older.get("more").asBoolean()).isFalse();
    }

    @Test
    void aPressReachesTheInboxAndShowsItsNotice() throws Exception {
        String id = rig.bot().say(WebRig.MAIN, Samples.approval());
        String good = press("c-11111111", id, "approval:7:yes");
        assertThat(client.post("/web/press", good).statusCode()).isEqualTo(200);
        ChannelEvent event = rig.bot().accepted().getFirst();
        assertThat(event).isInstanceOf(ButtonPress.class);
        assertThat(event.id().value()).isEqualTo("c-11111111");
    }

    @Test
    void aRepeatedPressIsAcknowledgedAlthoughItsButtonIsGoneByNow() throws Exception {
        String id = rig.bot().say(WebRig.MAIN, Samples.approval());
        String body = press("c-11111111", id, "approval:7:no");
        assertThat(client.post("/web/press", body).statusCode()).isEqualTo(200);
        edit(id, "Denied");
        assertThat(client.post("/web/press", body).statusCode()).isEqualTo(200);
        assertThat(rig.bot().accepted()).hasSize(1);
    }

    @Test
    void aPressOfAButtonThatIsNotThereIsRefused() throws Exception {
        String id = send("no buttons", "k1");
        assertThat(
                        client.post("/web/press", press("c-11111111", id, "approval:7:yes"))
                                .statusCode())
                .isEqualTo(409);
        assertThat(client.post("/web/press", press("c-11111111", "b-none", "x")).statusCode())
                .isEqualTo(410);
        assertThat(rig.bot().accepted()).isEmpty();
    }

    @Test
    void theNoticeOfAPressStaysUntilTheButtonsChange() throws Exception {
        OutboundMessage card =
                OutboundMessage.of("card")
                        .withButtons(
                                List.of(
                                        List.of(
                                                new Button(
                                                        "Again",
                                                        "resend:1:yes",
                                                        Button.Style.PRIMARY))));
        String id = rig.bot().say(WebRig.MAIN, card);
        ButtonPress press =
                new ButtonPress(
                        new dev.chela.channels.EventId("web", "default", "c-1"),
                        WebRig.MAIN,
                        FromPage.OWNER,
                        java.time.Instant.EPOCH,
                        id,
                        "resend:1:yes");
        rig.channel().acknowledge(press, "Sent again");
        rig.channel().edit(WebRig.MAIN, id, rig.channel().render(WebRig.MAIN, card).getFirst());
        assertThat(newest().get("notice").asText()).isEqualTo("Sent again");
        edit(id, "done");
        assertThat(newest().get("notice").isNull()).isTrue();
        assertThat(newest().get("buttons")).isEmpty();
    }

    @Test
    void changesOfAMessageThatIsGoneAreRefused() {
        assertThat(rig.channel().delete(WebRig.MAIN, "b-none")).isInstanceOf(Sent.Refused.class);
        assertThat(rig.channel().react(WebRig.MAIN, "b-none", "👍"))
                .isInstanceOf(Sent.Refused.class);
    }

    @Test
    void anUploadIsKeptUnderANameOfOursAndFetched(@TempDir Path directory) throws Exception {
        JsonNode file = client.upload("../../evil\u202egpj.html", "text/html", "<script>");
        assertThat(file.get("name").asText()).isEqualTo("evilgpj.html");
        assertThat(file.get("image").asBoolean()).isFalse();
        client.say("c-12345678", "quiet", file.get("id").asText());
        Attachment attachment =
                ((InboundMessage) rig.bot().accepted().getFirst()).attachments().getFirst();
        Path fetched = rig.channel().fetch(attachment, directory);
        assertThat(fetched).hasContent("<script>").hasExtension("html");
        HttpResponse<String> download = client.get("/web/files/" + file.get("id").asText());
        assertThat(download.headers().firstValue("Content-Type"))
                .hasValue("application/octet-stream");
        assertThat(download.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
        assertThat(download.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("sandbox");
    }

    @Test
    void aClaimedImageThatIsNoneIsNotShown() throws Exception {
        assertThat(client.upload("x.png", "image/png", "<svg onload=x>").get("image").asBoolean())
                .isFalse();
    }

    @Test
    void uploadsAreBoundedEachAndTogether() throws Exception {
        assertThat(client.post("/web/files?name=a", "x".repeat(1_001)).statusCode()).isEqualTo(413);
        for (int i = 0; i < 6; i++) {
            client.upload("a", "text/plain", "x".repeat(1_000));
        }
        assertThat(client.post("/web/files?name=a", "x").statusCode()).isEqualTo(507);
    }

    @Test
    void anOutboundFileIsCopiedSoThatItMayVanish(@TempDir Path directory)
            throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("r.txt"), "report");
        OutboundMessage message =
                OutboundMessage.of("see")
                        .withAttachments(
                                List.of(
                                        new Attachment(
                                                "r.txt",
                                                "text/plain",
                                                6,
                                                Optional.empty(),
                                                Optional.of(file))));
        rig.bot().say(WebRig.MAIN, message);
        Files.delete(file);
        String id = newest().get("files").get(0).get("id").asText();
        assertThat(client.get("/web/files/" + id).body()).isEqualTo("report");
        var chunk = rig.channel().render(WebRig.MAIN, message).getFirst();
        assertThat(rig.channel().send(WebRig.MAIN, chunk, "other"))
                .isInstanceOf(Sent.Refused.class);
    }

    @Test
    void aStoppedChannelRefusesUntilItIsBack() throws Exception {
        rig.channel().close();
        assertThat(rig.channel().health().listening()).isFalse();
        assertThat(client.say("c-12345678", "quiet").statusCode()).isEqualTo(404);
    }

    @Test
    void nothingToSayIsNoMessage() {
        assertThat(rig.channel().render(WebRig.MAIN, OutboundMessage.of("  "))).isEmpty();
    }

    private JsonNode newest() throws IOException, InterruptedException {
        JsonNode messages = client.state().get("messages");
        return messages.get(messages.size() - 1);
    }

    private String send(String text, String key) {
        var chunk = rig.channel().render(WebRig.MAIN, OutboundMessage.of(text)).getFirst();
        return ((Sent.Acknowledged) rig.channel().send(WebRig.MAIN, chunk, key)).messageId();
    }

    private void edit(String id, String text) {
        var chunk = rig.channel().render(WebRig.MAIN, OutboundMessage.of(text)).getFirst();
        assertThat(rig.channel().edit(WebRig.MAIN, id, chunk)).isEqualTo(new Sent.Acknowledged(id));
    }

    private static String press(String id, String message, String data) {
        return "{\"id\":\"%s\",\"message\":\"%s\",\"data\":\"%s\"}".formatted(id, message, data);
    }
}
