package dev.chela.harness.computeruse;

import dev.chela.harness.ThreadId;
import dev.chela.harness.Timers;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.WireTap;
import dev.chela.harness.computeruse.Question.Mode;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether Computer Use is ready, and sets it up. A wish that is not enabled costs nothing: no
 * call is made. Everything blocks; throws {@link AppServerException} if the app-server goes away.
 */
public final class ComputerUse {

    private static final Logger LOG = LoggerFactory.getLogger(ComputerUse.class);

    private final Timers timers;
    private final Optional<String> bundled;
    private final Map<Question, SharedLook> looks = new ConcurrentHashMap<>();

    /** For which wish an app-server was waited for in vain; it is not waited for again. */
    private final Map<Wish, AppServer> vain = new ConcurrentHashMap<>();

    private final CompletableFuture<@Nullable Void> closing = new CompletableFuture<>();

    /** On this machine. */
    public ComputerUse(Timers timers) {
        this(timers, Bundled.of(System.getProperty("os.name"), Files::isRegularFile));
    }

    /**
     * @param bundled the file of the marketplace that comes with the desktop app of this machine
     */
    ComputerUse(Timers timers, Optional<String> bundled) {
        this.timers = timers;
        this.bundled = bundled;
    }

    /** Looks and changes nothing. */
    public Readiness status(AppServer server, Wish wish) {
        return asked(new Question(server, wish, Mode.LOOK, Optional.empty()));
    }

    /** Sets it up as a person wants it, whether or not turns ask for it. */
    public Readiness install(AppServer server, Wish wish) {
        vain.clear();
        return asked(new Question(server, wish.wanted(), Mode.INSTALL, Optional.empty()));
    }

    /** What is said of a wish that is not enabled. */
    public static Readiness disabled(Wish wish) {
        return new Readiness(
                Reason.DISABLED,
                PluginState.UNKNOWN,
                Optional.empty(),
                wish.plugin(),
                wish.server(),
                List.of(),
                new Words(wish).disabled());
    }

    /**
     * Looks before a turn, and installs what is missing if the config lets a turn do that.
     *
     * @param thread the session's thread if it is loaded
     * @param stopped ends the waiting when it completes
     * @return empty if {@code stopped} came first
     */
    public Optional<Readiness> check(
            AppServer server, Wish wish, Optional<ThreadId> thread, CompletableFuture<?> stopped) {
        return wish.enabled()
                ? shared(
                        new Question(
                                server, wish, wish.autoInstall() ? Mode.AUTO : Mode.LOOK, thread),
                        stopped)
                : Optional.of(disabled(wish));
    }

    /** Ends the waiting of commands, for good; turns have a stop of their own. Idempotent. */
    public void close() {
        closing.complete(null);
    }

    private Readiness asked(Question question) {
        return question.wish().enabled()
                ? shared(question, closing).orElseGet(() -> unfinished(question.wish()))
                : disabled(question.wish());
    }

    private static Readiness unfinished(Wish wish) {
        return new Readiness(
                Reason.CHECK_FAILED,
                PluginState.UNKNOWN,
                wish.marketplace(),
                wish.plugin(),
                wish.server(),
                List.of(),
                new Words(wish).endedEarly());
    }

    private Optional<Readiness> shared(Question question, CompletableFuture<?> stopped) {
        SharedLook look = entered(question);
        try {
            CompletableFuture.anyOf(look.done(), stopped).get();
            return look.done().isDone() ? Optional.of(look.done().get()) : Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AppServerException gone) {
                throw gone;
            }
            throw new IllegalStateException("the look at computer use broke", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            look.leave();
        }
    }

    private SharedLook entered(Question question) {
        while (true) {
            SharedLook look =
                    looks.computeIfAbsent(
                            question,
                            asked -> {
                                SharedLook begun = new SharedLook(timers);
                                begin(asked, begun);
                                return begun;
                            });
            if (look.enter()) {
                return look;
            }
            looks.remove(question, look);
        }
    }

    /** On a thread of its own, whose requests are recorded for whoever asked first. */
    private void begin(Question question, SharedLook look) {
        WireTap tap = WireTap.OF_REQUESTS.orElse(WireTap.NONE);
        Thread.ofVirtual()
                .name("chela-computer-use")
                .start(
                        () ->
                                ScopedValue.where(WireTap.OF_REQUESTS, tap)
                                        .run(() -> work(question, look)));
    }

    private void work(Question question, SharedLook look) {
        try {
            Readiness seen = looked(question, look);
            LOG.debug("computer use looked at: mode={} reason={}", question.mode(), seen.reason());
            look.done().complete(seen);
        } catch (Exception e) { // the root of the look's thread
            look.done().completeExceptionally(e);
        } finally {
            looks.remove(question, look);
            // Whatever else went wrong here must not leave anybody waiting.
            look.done()
                    .completeExceptionally(
                            new IllegalStateException("the look ended without an answer"));
        }
    }

    private Readiness looked(Question question, SharedLook look) {
        boolean patient =
                question.mode() == Mode.INSTALL
                        || !question.server().equals(vain.get(question.wish()));
        Readiness seen = new Inspection(question, bundled, patient, timers, look).run();
        if (question.mode() == Mode.AUTO
                && seen.reason() == Reason.MARKETPLACE_MISSING
                && !look.isDeserted()) {
            vain.put(question.wish(), question.server());
        }
        return seen;
    }
}
