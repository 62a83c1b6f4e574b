package dev.chela.channels.testing;

import dev.chela.channels.Attachment;
import dev.chela.channels.Button;
import dev.chela.channels.ButtonPress;
import dev.chela.channels.Capabilities;
import dev.chela.channels.Channel;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.ChannelException;
import dev.chela.channels.ChannelHealth;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.EventId;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.Intake;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Sender;
import dev.chela.channels.Sent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A platform in memory: people say things, sends are remembered before their answer is given, and a
 * script makes the next calls fail in every way a platform does. Calls made after the script is
 * used up succeed.
 */
public final class FakeChannel implements Channel {

    public static final Capabilities FULL =
            new Capabilities(
                    200, true, true, true, true, true, true, true, false, Duration.ofSeconds(1));

    private final String id;
    private final String account;
    private final Capabilities capabilities;

    private final Deque<Function<Runnable, Sent>> script = new ArrayDeque<>();
    private final Deque<Sent> answersToAsk = new ArrayDeque<>();
    private final Map<String, Said> messages = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final List<Said> history = new ArrayList<>();
    private Optional<Intake> intake = Optional.empty();
    private Function<Sent, Sent> beforeReply = sent -> sent;
    private final CountDownLatch started = new CountDownLatch(1);
    private int startFailures;
    private int ids;
    private int events;

    public FakeChannel(String id, String account, Capabilities capabilities) {
        this.id = id;
        this.account = account;
        this.capabilities = capabilities;
    }

    public static FakeChannel named(String id) {
        return new FakeChannel(id, "default", FULL);
    }

    /** The same platform, able to say whether a send arrived. */
    public static FakeChannel askable(String id) {
        return new FakeChannel(
                id,
                "default",
                new Capabilities(
                        200,
                        true,
                        true,
                        true,
                        true,
                        true,
                        true,
                        true,
                        true,
                        Duration.ofSeconds(1)));
    }

    // ---- the script

    /** The next {@code times} calls are certainly not delivered. */
    public synchronized FakeChannel thenTryAgain(int times, Duration after) {
        for (int i = 0; i < times; i++) {
            script.add(effect -> new Sent.TryAgain(after, "429 too many requests"));
        }
        return this;
    }

    /** The next call arrives and its answer is lost. */
    public synchronized FakeChannel thenUnknownAfterArrival() {
        script.add(
                effect -> {
                    effect.run();
                    return new Sent.Unknown("connection reset while reading the answer");
                });
        return this;
    }

    /** The next call does not arrive, and nobody can tell. */
    public synchronized FakeChannel thenUnknownWithoutArrival() {
        script.add(effect -> new Sent.Unknown("connection reset while writing"));
        return this;
    }

    public synchronized FakeChannel thenRefused(String reason) {
        script.add(effect -> new Sent.Refused(reason));
        return this;
    }

    public synchronized FakeChannel thenSucceeds() {
        script.add(
                effect -> {
                    effect.run();
                    return new Sent.Acknowledged("");
                });
        return this;
    }

    /** The next call throws, as adapters must not. */
    public synchronized FakeChannel thenThrows(String message) {
        script.add(
                effect -> {
                    throw new ChannelException(message, null);
                });
        return this;
    }

    /** The next question whether a send arrived gets this answer, not the truth. */
    public synchronized FakeChannel thenAnswersAsk(Sent answer) {
        answersToAsk.add(answer);
        return this;
    }

    /** Runs after every effect, before its answer is given: to hold it up or to lose it. */
    public synchronized void beforeReply(Function<Sent, Sent> hook) {
        this.beforeReply = hook;
    }

    public synchronized void failStart(int times) {
        this.startFailures = times;
    }

    // ---- what people do

    public Conversation direct(String person) {
        return new Conversation(id, account, ChatKind.DIRECT, person, Optional.empty());
    }

    public Conversation group(String peer) {
        return new Conversation(id, account, ChatKind.GROUP, peer, Optional.empty());
    }

    /** A message under an event id of its own; returns the event id. */
    public String says(Conversation where, String person, String text) {
        String event = nextEvent();
        deliver(message(event, where, person, text, false));
        return event;
    }

    public String mentions(Conversation where, String person, String text) {
        String event = nextEvent();
        deliver(message(event, where, person, text, true));
        return event;
    }

    /** The platform delivers an event again, or for the first time. */
    public void deliver(ChannelEvent event) {
        Intake target;
        synchronized (this) {
            target = intake.orElseThrow(() -> new IllegalStateException("channel was not started"));
        }
        target.accept(List.of(event), Optional.empty());
    }

    public void presses(Conversation where, String person, String messageId, String data) {
        deliver(
                new ButtonPress(
                        new EventId(id, account, nextEvent()),
                        where,
                        person(person),
                        Instant.EPOCH,
                        messageId,
                        data));
    }

    public InboundMessage message(
            String event, Conversation where, String person, String text, boolean mentioned) {
        return new InboundMessage(
                new EventId(id, account, event),
                where,
                person(person),
                Instant.EPOCH,
                "in-" + event,
                text,
                mentioned,
                false,
                Optional.empty(),
                List.of());
    }

    private synchronized String nextEvent() {
        return "event-" + ++events;
    }

    private static Sender person(String id) {
        return new Sender(id, "Name of " + id, Optional.of(id), false);
    }

    // ---- what arrived

    /** What people see in the conversation now, in order, after edits and deletions. */
    public synchronized List<String> texts(Conversation where) {
        return messages.values().stream()
                .filter(said -> said.where().equals(where))
                .map(Said::text)
                .toList();
    }

    public synchronized List<Said> messages() {
        return List.copyOf(messages.values());
    }

    /** Every send that arrived, as it was sent. */
    public synchronized List<Said> history() {
        return List.copyOf(history);
    }

    /** Every call: {@code send}, {@code edit}, {@code typing}, with its target. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** The data of the buttons under the newest message that has some. */
    public synchronized Optional<String> newestButton() {
        return messages.values().stream()
                .flatMap(said -> said.chunk().buttons().stream())
                .flatMap(List::stream)
                .map(Button::data)
                .reduce((older, newer) -> newer);
    }

    // ---- the port

    @Override
    public String id() {
        return id;
    }

    @Override
    public String account() {
        return account;
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public synchronized void start(Intake where) {
        if (startFailures > 0) {
            startFailures--;
            throw new ChannelException(id + " has no network; check the connection", null);
        }
        intake = Optional.of(where);
        started.countDown();
    }

    /** Waits until the channel was started; whether it was. */
    public boolean awaitStart(Duration atMost) throws InterruptedException {
        return started.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized ChannelHealth health() {
        return new ChannelHealth(intake.isPresent(), Optional.empty(), Optional.empty());
    }

    @Override
    public List<Chunk> render(Conversation to, OutboundMessage message) {
        List<String> parts = new ArrayList<>();
        String rest = message.markdown();
        while (rest.length() > capabilities.maxChars()) {
            int max = capabilities.maxChars();
            int cut = Character.isHighSurrogate(rest.charAt(max - 1)) ? max - 1 : max;
            parts.add(rest.substring(0, cut));
            rest = rest.substring(cut);
        }
        if (!rest.isEmpty() || (parts.isEmpty() && !message.attachments().isEmpty())) {
            parts.add(rest);
        }
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            chunks.add(
                    new Chunk(
                            parts.get(i),
                            parts.get(i),
                            i == 0 ? message.attachments() : List.of(),
                            last ? message.buttons() : List.of(),
                            i == 0 ? message.replyTo() : Optional.empty(),
                            message.silent()));
        }
        return chunks;
    }

    @Override
    public Sent send(Conversation to, Chunk chunk, String key) {
        return call(
                "send " + chunk.text(),
                () -> {
                    Said said = new Said(to, "m" + ++ids, chunk, key);
                    messages.put(said.messageId(), said);
                    history.add(said);
                    return said.messageId();
                });
    }

    @Override
    public synchronized Sent ask(Conversation to, Chunk chunk, String key) {
        calls.add("ask " + chunk.text());
        if (!answersToAsk.isEmpty()) {
            return answersToAsk.poll();
        }
        return history.stream()
                .filter(said -> said.key().equals(key))
                .findFirst()
                .<Sent>map(said -> new Sent.Acknowledged(said.messageId()))
                .orElseGet(() -> new Sent.TryAgain(Duration.ZERO, "not in the history"));
    }

    @Override
    public Sent edit(Conversation in, String messageId, Chunk chunk) {
        return onMessage(
                "edit " + messageId + " " + chunk.text(),
                messageId,
                said -> messages.put(messageId, new Said(in, messageId, chunk, said.key())));
    }

    @Override
    public Sent delete(Conversation in, String messageId) {
        return onMessage("delete " + messageId, messageId, said -> messages.remove(messageId));
    }

    @Override
    public Sent react(Conversation in, String messageId, String emoji) {
        return call("react " + messageId + " " + emoji, () -> messageId);
    }

    @Override
    public synchronized void typing(Conversation in) {
        calls.add("typing " + in.peer());
        notifyAll();
    }

    @Override
    public synchronized void acknowledge(ButtonPress press, String notice) {
        calls.add("acknowledge " + press.data());
    }

    @Override
    public Path fetch(Attachment attachment, Path directory) {
        throw new ChannelException("the fake has no file " + attachment.name(), null);
    }

    @Override
    public synchronized void close() {
        intake = Optional.empty();
    }

    private Sent onMessage(String call, String messageId, Function<Said, Object> change) {
        synchronized (this) {
            if (!messages.containsKey(messageId)) {
                calls.add(call);
                return new Sent.Refused("message " + messageId + " not found");
            }
        }
        return call(
                call,
                () -> {
                    change.apply(messages.get(messageId));
                    return messageId;
                });
    }

    private Sent call(String call, Supplier<String> effect) {
        Sent sent;
        Function<Sent, Sent> hook;
        synchronized (this) {
            calls.add(call);
            String[] arrived = new String[1];
            Function<Runnable, Sent> step = script.poll();
            sent =
                    step == null
                            ? new Sent.Acknowledged(effect.get())
                            : step.apply(() -> arrived[0] = effect.get());
            if (sent instanceof Sent.Acknowledged && arrived[0] != null) {
                sent = new Sent.Acknowledged(arrived[0]);
            }
            hook = beforeReply;
            notifyAll();
        }
        return hook.apply(sent);
    }
}
