package dev.chela.bot.route;

import dev.chela.channels.OutboundMessage;
import dev.chela.channels.delivery.Closing;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.Intent;
import dev.chela.channels.delivery.TypingSignal;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.inbox.Outcome;
import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandRunner;
import dev.chela.commands.Reading;
import dev.chela.commands.Reading.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs commands and posts what they answer. The conversation waits two seconds for one, so that
 * what is said after a quick command finds it done; a slow one goes on by itself while the chat
 * shows that an answer is coming, and never holds up a {@code /stop}.
 */
final class CommandDesk {

    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);

    private final CommandRunner runner;
    private final Inbox inbox;
    private final Delivery delivery;
    private final Admission admission;
    private final Executor threads;
    private final Set<CompletableFuture<Void>> slowOnes = ConcurrentHashMap.newKeySet();

    CommandDesk(
            CommandRunner runner,
            Inbox inbox,
            Delivery delivery,
            Admission admission,
            Executor threads) {
        this.runner = runner;
        this.inbox = inbox;
        this.delivery = delivery;
        this.admission = admission;
        this.threads = threads;
    }

    /**
     * Runs one command.
     *
     * @param whole whether the row ends with it; a shortcut inside prose leaves the row open
     */
    void run(Found found, Arrival arrival, boolean whole) {
        patiently(
                arrival,
                () ->
                        answer(
                                arrival,
                                runner.run(
                                        found,
                                        arrival.call(found.arguments(), whole),
                                        arrival.row().standing().commandsAllowed()),
                                whole,
                                found.command().spec().name()));
    }

    /** Runs the directives and shortcuts of a message that is nothing else; one answer for all. */
    void runAll(Reading.Prose prose, Arrival arrival) {
        List<Found> all = new ArrayList<>(prose.directives());
        all.addAll(prose.shortcuts());
        if (all.size() == 1) {
            run(all.getFirst(), arrival, true);
            return;
        }
        patiently(
                arrival,
                () -> {
                    List<String> answers = new ArrayList<>();
                    for (Found found : all) {
                        CommandAnswer answer =
                                runner.run(
                                        found,
                                        arrival.call(found.arguments(), true),
                                        arrival.row().standing().commandsAllowed());
                        if (answer instanceof CommandAnswer.Reply(OutboundMessage message)) {
                            answers.add(message.markdown());
                        }
                    }
                    answer(
                            arrival,
                            answers.isEmpty()
                                    ? new CommandAnswer.Silent("no command had anything to say")
                                    : CommandAnswer.say(String.join("\n\n", answers)),
                            true,
                            "directives");
                });
    }

    /**
     * Waits for slow commands, at most {@code atMost}; one that is cut off runs again at a start.
     */
    void close(Duration atMost) {
        CompletableFuture.allOf(slowOnes.toArray(CompletableFuture<?>[]::new))
                .handle((nothing, failure) -> nothing)
                .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private void patiently(Arrival arrival, Runnable work) {
        CompletableFuture<Void> done = CompletableFuture.runAsync(work, threads);
        try {
            done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            TypingSignal typing = delivery.typing(arrival.place());
            slowOnes.add(done);
            done.whenComplete(
                    (nothing, failure) -> {
                        typing.close();
                        slowOnes.remove(done);
                        if (failure != null) {
                            LOG.error(
                                    "ticket={} command's answer was not stored",
                                    arrival.row().seq(),
                                    failure);
                        }
                    });
        } catch (ExecutionException failed) {
            throw new IllegalStateException(
                    "the command's answer was not stored", failed.getCause());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Arrival arrival, CommandAnswer answer, boolean whole, String name) {
        long seq = arrival.row().seq();
        switch (answer) {
            case CommandAnswer.Reply(OutboundMessage message) -> {
                String id = whole ? "cmd:" + seq : "cmd:%d:%s".formatted(seq, name);
                Intent intent = Intent.say(id, arrival.place(), message);
                delivery.post(
                        whole ? intent.closing(Closing.of(List.of(seq), Outcome.COMMAND)) : intent);
            }
            case CommandAnswer.Prompt(String prompt, Optional<String> notice) -> {
                notice.ifPresent(
                        words ->
                                delivery.post(
                                        Intent.say(
                                                "cmd:%d:notice".formatted(seq),
                                                arrival.place(),
                                                OutboundMessage.of(words))));
                admission.submit(arrival, List.of());
            }
            case CommandAnswer.Steer(String prompt) -> admission.steer(arrival);
            case CommandAnswer.Unfinished(String reason) ->
                    LOG.info("ticket={} command runs again at the next start: {}", seq, reason);
            case CommandAnswer.Silent(String reason) -> {
                if (whole) {
                    inbox.close(List.of(seq), Outcome.IGNORED, Optional.of(reason));
                }
            }
        }
    }
}
