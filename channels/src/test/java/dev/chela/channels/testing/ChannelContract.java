package dev.chela.channels.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.Capabilities;
import dev.chela.channels.Channel;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every adapter is held to, on a platform that its test sets up: order, bounds, edits, repeats
 * and silence about ourselves.
 */
public abstract class ChannelContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A platform with one conversation in it. */
    public interface Stage extends AutoCloseable {

        /** The adapter, not started. */
        Channel channel();

        Conversation place();

        /** A person says something; the same event id again is a repeat by the platform. */
        void says(String eventId, String text);

        /** The platform echoes a message of our own account, as an inbound event. */
        void echoes(String eventId, String text);

        /** What people see in the place now, in the platform's markup, in order. */
        List<String> visible();

        @Override
        void close();
    }

    private final BlockingQueue<ChannelEvent> heard = new LinkedBlockingQueue<>();
    private Stage stage;
    private Channel channel;

    /** A fresh platform. */
    protected abstract Stage stage();

    @BeforeEach
    void start() {
        stage = stage();
        channel = stage.channel();
        channel.start((events, cursor) -> heard.addAll(events));
    }

    @AfterEach
    void stop() {
        channel.close();
        channel.close();
        stage.close();
    }

    @Test
    void whatIsSentStandsInOrderUnderIdsOfItsOwn() {
        String first = arrived(send("alpha"));
        String second = arrived(send("beta"));

        assertThat(first).isNotEqualTo(second);
        assertThat(stage.visible()).hasSize(2);
        assertThat(stage.visible().get(0)).contains("alpha");
        assertThat(stage.visible().get(1)).contains("beta");
    }

    @Test
    void longTextIsSplitWithinBoundsAndNothingIsLost() {
        int max = channel.capabilities().maxChars();
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 3 * max; i++) {
            text.append("word").append(i).append(i % 9 == 8 ? "\n\n" : " ");
        }
        List<Chunk> chunks = render(text.toString());

        assertThat(chunks).hasSizeGreaterThan(1);
        assertThat(chunks).allMatch(chunk -> chunk.plain().length() <= max);
        assertThat(joined(chunks)).isEqualTo(squeezed(text.toString()));
        assertThat(render(text.toString())).isEqualTo(chunks);
    }

    @Test
    void aPairOfSurrogatesIsNeverCut() {
        int max = channel.capabilities().maxChars();
        List<Chunk> chunks = render("x" + "🐢".repeat(max));

        assertThat(chunks).hasSizeGreaterThan(1);
        assertThat(chunks)
                .noneMatch(
                        chunk ->
                                Character.isLowSurrogate(chunk.plain().charAt(0))
                                        || Character.isHighSurrogate(
                                                chunk.plain().charAt(chunk.plain().length() - 1)));
    }

    @Test
    void nothingToSayIsNoMessage() {
        assertThat(render("")).isEmpty();
    }

    @Test
    void anEditChangesTheMessageInPlaceWhereThePlatformCan() {
        Capabilities can = channel.capabilities();
        String id = arrived(send("before"));
        Sent edited = channel.edit(stage.place(), id, render("after").getFirst());

        if (can.edits()) {
            assertThat(edited).isInstanceOf(Sent.Acknowledged.class);
            assertThat(stage.visible()).hasSize(1);
            assertThat(stage.visible().getFirst()).contains("after");
        } else {
            assertThat(edited).isInstanceOf(Sent.Unsupported.class);
        }
    }

    @Test
    void aDeletedMessageIsGoneWhereThePlatformCan() {
        String id = arrived(send("gone soon"));
        Sent deleted = channel.delete(stage.place(), id);

        if (channel.capabilities().deletes()) {
            assertThat(deleted).isInstanceOf(Sent.Acknowledged.class);
            assertThat(stage.visible()).isEmpty();
        } else {
            assertThat(deleted).isInstanceOf(Sent.Unsupported.class);
        }
    }

    @Test
    void aRepeatHasTheSameEventId() throws InterruptedException {
        stage.says("e1", "hello");
        stage.says("e1", "hello");
        stage.says("e2", "bye");

        InboundMessage first = next();
        InboundMessage second = next();
        // An adapter may drop the repeat itself; what it hands on carries the same id.
        if (second.text().equals("hello")) {
            assertThat(second.id()).isEqualTo(first.id());
            second = next();
        }
        assertThat(first.text()).isEqualTo("hello");
        assertThat(first.conversation()).isEqualTo(stage.place());
        assertThat(second.text()).isEqualTo("bye");
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void ourOwnWordsAreNotHeard() throws InterruptedException {
        stage.echoes("e1", "our own words");
        stage.says("e2", "a person's words");

        assertThat(next().text()).isEqualTo("a person's words");
        assertThat(heard).isEmpty();
    }

    private InboundMessage next() throws InterruptedException {
        ChannelEvent event = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(event).as("an inbound event").isInstanceOf(InboundMessage.class);
        return (InboundMessage) event;
    }

    private Sent send(String text) {
        return channel.send(stage.place(), render(text).getFirst(), "key-" + text);
    }

    private static String arrived(Sent sent) {
        assertThat(sent).isInstanceOf(Sent.Acknowledged.class);
        return ((Sent.Acknowledged) sent).messageId();
    }

    private List<Chunk> render(String markdown) {
        return channel.render(
                stage.place(),
                new OutboundMessage(markdown, List.of(), List.of(), Optional.empty(), false));
    }

    private static String joined(List<Chunk> chunks) {
        return squeezed(String.join("", chunks.stream().map(Chunk::plain).toList()));
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
