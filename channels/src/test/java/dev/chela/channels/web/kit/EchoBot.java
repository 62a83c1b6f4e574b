package dev.chela.channels.web.kit;

import dev.chela.channels.Button;
import dev.chela.channels.ButtonPress;
import dev.chela.channels.Channel;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.Conversation;
import dev.chela.channels.Cursor;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.Intake;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Sent;
import dev.chela.config.state.DatabaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A bot that echoes with a growing preview, and answers the words of {@code replies} otherwise. */
public final class EchoBot implements Intake {

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final List<ChannelEvent> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger sends = new AtomicInteger();
    private final java.util.Map<String, OutboundMessage> replies = new ConcurrentHashMap<>();
    private volatile Channel channel;

    public void speakThrough(Channel newChannel) {
        channel = newChannel;
    }

    /** What is answered to exactly {@code text}. */
    public void reply(String text, OutboundMessage answer) {
        replies.put(text, answer);
    }

    /** Lets the next {@code times} events fail to be stored. */
    public void failNext(int times) {
        failures.set(times);
    }

    /** What came in, each event once. */
    public List<ChannelEvent> accepted() {
        return List.copyOf(accepted);
    }

    public List<String> texts() {
        return accepted.stream()
                .filter(InboundMessage.class::isInstance)
                .map(event -> ((InboundMessage) event).text())
                .toList();
    }

    @Override
    public void accept(List<? extends ChannelEvent> events, Optional<Cursor> cursor) {
        if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new DatabaseException("the disk is full", null);
        }
        for (ChannelEvent event : events) {
            if (known.add(event.id().value())) {
                accepted.add(event);
                Thread unused = Thread.ofVirtual().start(() -> answer(event));
            }
        }
    }

    /** Says something unasked; the message's id. */
    public String say(Conversation to, OutboundMessage message) {
        String id = "";
        for (var chunk : channel.render(to, message)) {
            Sent sent = channel.send(to, chunk, "say:" + sends.incrementAndGet());
            id = ((Sent.Acknowledged) sent).messageId();
        }
        return id;
    }

    private void answer(ChannelEvent event) {
        if (event instanceof InboundMessage message) {
            channel.typing(message.conversation());
            OutboundMessage answer = replies.get(message.text());
            if (answer != null) {
                say(message.conversation(), answer);
            } else if (!message.text().startsWith("quiet")) {
                stream(message);
            }
        } else if (event instanceof ButtonPress press) {
            decide(press);
        }
    }

    private void stream(InboundMessage message) {
        Conversation to = message.conversation();
        List<String> words = new ArrayList<>(List.of("You", "said:"));
        String id = say(to, OutboundMessage.of("You said:"));
        for (String word : message.text().split(" ")) {
            words.add(word);
            edit(to, id, String.join(" ", words), List.of());
        }
    }

    private void decide(ButtonPress press) {
        if (press.data().startsWith("command:")) {
            channel.acknowledge(press, "");
            return;
        }
        boolean yes = press.data().endsWith(":yes");
        channel.acknowledge(press, yes ? "Allowed once" : "Denied");
        if (press.data().startsWith("approval:")) {
            String text = (yes ? "**Allowed once**: " : "**Denied**: ") + "`rm -rf build`";
            edit(press.conversation(), press.messageId(), text, List.of());
        }
    }

    private void edit(Conversation in, String id, String text, List<List<Button>> buttons) {
        OutboundMessage message = OutboundMessage.of(text).withButtons(buttons);
        channel.edit(in, id, channel.render(in, message).getFirst());
    }
}
