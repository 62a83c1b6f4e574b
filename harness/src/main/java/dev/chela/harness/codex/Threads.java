package dev.chela.harness.codex;

import dev.chela.harness.Prompt;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.Timers;
import dev.chela.harness.TurnKey;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServers;
import dev.chela.harness.appserver.Place;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.SignedOutException;
import dev.chela.harness.appserver.UnguardedException;
import dev.chela.harness.appserver.protocol.ThreadFork;
import dev.chela.harness.appserver.protocol.ThreadOpened;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.auth.SignInState;
import dev.chela.harness.binding.ContextFill;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.binding.PastTalk;
import dev.chela.harness.binding.Replacement;
import dev.chela.harness.binding.ThreadFit;
import dev.chela.harness.session.Binding;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.session.Transcripts;
import dev.chela.harness.tools.ToolLoading;
import dev.chela.harness.tools.ToolRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which thread a session talks to: keeps the bound one, resumes it where it is not loaded, and
 * replaces it only when an input of {@link ThreadFit} changed or Codex refuses it. The binding goes
 * from one thread to the next in one write, after the next one is ready: a death in between leaves
 * the old binding and a thread that nobody ever spoke in.
 */
final class Threads {

    private static final ToolRegistry NO_TOOLS = new ToolRegistry(List.of());
    private static final Logger LOG = LoggerFactory.getLogger(Threads.class);

    /** How often a command may bind the session elsewhere while a turn opens its thread. */
    private static final int REBINDS_MAX = 5;

    private final AppServers servers;
    private final Bindings bindings;
    private final HandOver handOver;
    private final ToolRegistry tools;
    private final SignIn signIn;
    private final ModelCatalog catalog;
    private final Timers timers;
    private final ThreadGuard guard;

    private final LoadedThreads loaded;

    /** How full the threads were that this process worked on or looked up. */
    private final Map<ThreadId, ContextFill> fills = new ConcurrentHashMap<>();

    /** Sessions whose next answer may have to tell of a replacement; all others have none. */
    private final Set<SessionKey> untold = ConcurrentHashMap.newKeySet();

    Threads(
            AppServers servers,
            Bindings bindings,
            Transcripts transcripts,
            ToolRegistry tools,
            SignIn signIn,
            ModelCatalog catalog,
            Timers timers,
            ThreadGuard guard) {
        this.guard = guard;
        this.servers = servers;
        this.bindings = bindings;
        this.loaded =
                new LoadedThreads(
                        bindings, task -> Thread.ofVirtual().name("thread-leave").start(task));
        this.handOver = new HandOver(transcripts);
        this.tools = tools;
        this.signIn = signIn;
        this.catalog = catalog;
        this.timers = timers;
    }

    /** What opening a thread goes by. */
    private record Wish(
            AppServer server,
            SessionKey session,
            CodexSettings settings,
            ToolLoading loading,
            Map<String, String> fingerprints,
            long promptTokens) {}

    /**
     * A server that is signed in as far as it can be.
     *
     * @throws NotSignedInException if one of ours is not
     * @throws SignedOutException if another is not
     * @throws UnguardedException if it cannot ask about what it must
     */
    AppServer server(SessionKey session) {
        AppServer server = servers.attach(Sessions.agent(session));
        guard.check(session, server);
        if (signIn.ensure(server) == SignInState.MISSING) {
            if (server.place() == Place.OWN) {
                throw new NotSignedInException();
            }
            throw new SignedOutException();
        }
        return server;
    }

    Optional<Binding> binding(SessionKey session) {
        return bindings.load(session);
    }

    /** The session's thread if this connection has it loaded. */
    Optional<ThreadId> warm(SessionKey session, AppServer server) {
        return binding(session)
                .map(Binding::thread)
                .filter(thread -> loaded.isWarm(thread, server));
    }

    /** The sessions that are bound to a thread. */
    List<SessionKey> boundTo(ThreadId thread) {
        return bindings.of(thread).stream().map(Binding::session).toList();
    }

    /** What a bound conversation's turns run with; empty for any other session. */
    Optional<ClaimTerms> claim(SessionKey session) {
        return bindings.claims().of(session).map(ClaimTerms::of);
    }

    /** A bound conversation talks straight to Codex: it has no tools of ours. */
    private ToolRegistry tools(CodexSettings settings) {
        return settings.claim().isPresent() ? NO_TOOLS : tools;
    }

    /** The thread that a turn of an earlier process was given to. */
    Optional<ThreadId> lastUsed(SessionKey session) {
        // Its earlier process may have told the person, or not.
        untold.add(session);
        return bindings.load(session)
                .map(
                        binding ->
                                Optional.ofNullable(binding.facts().get(Facts.TEMPORARY))
                                        .map(ThreadId::new)
                                        .orElse(binding.thread()));
    }

    /**
     * The session's thread, loaded.
     *
     * @throws dev.chela.harness.appserver.AppServerException if the server cannot be had, or
     *     another process has the thread open
     */
    OpenThread open(SessionKey session, CodexSettings settings, Prompt prompt) {
        AppServer server = server(session);
        Optional<Boolean> searches = searches(server, settings);
        ToolLoading loading = ThreadFacts.loading(server, settings, searches);
        Map<String, String> fingerprints =
                ThreadFacts.fingerprints(server, settings, tools(settings), loading);
        if (searches.isEmpty()) {
            // A catalogue that cannot be read for once is no reason to give a thread up.
            fingerprints.remove(Facts.DEFERRED);
        }
        long promptTokens = prompt.text().length() / ContextFill.CHARS_A_TOKEN;
        Wish wish = new Wish(server, session, settings, loading, fingerprints, promptTokens);
        for (int i = 0; i < REBINDS_MAX; i++) {
            Optional<Binding> bound = bindings.load(session);
            Optional<OpenThread> opened =
                    bound.isEmpty() ? first(wish) : fitting(wish, bound.get());
            if (opened.isPresent()) {
                return opened.get();
            }
            LOG.info("bound elsewhere meanwhile: session={}", session);
        }
        throw new IllegalStateException("session %s does not stay bound".formatted(session));
    }

    private Optional<OpenThread> first(Wish wish) {
        ThreadOpened opened = start(wish.server(), wish.settings(), wish.loading());
        Binding binding = begun(wish, opened, Map.of(Facts.UNUSED, "true"));
        if (!bindings.bindIfNone(binding)) {
            loaded.letGo(binding.thread());
            return Optional.empty();
        }
        LOG.info("thread started: thread={} session={}", binding.thread(), wish.session());
        return Optional.of(opened(wish, binding, true));
    }

    private Optional<OpenThread> fitting(Wish wish, Binding bound) {
        var needs =
                ThreadFacts.needs(
                        wish.fingerprints(),
                        bound,
                        wish.settings(),
                        tools(wish.settings()),
                        fill(bound)
                                .isFullFor(
                                        wish.settings().setup().tokensReserved(),
                                        wish.promptTokens()));
        return switch (ThreadFit.of(bound.facts(), needs)) {
            case ThreadFit.Verdict.Keep() -> kept(wish, bound);
            case ThreadFit.Verdict.Replace(String input) -> replaced(wish, bound, input);
            case ThreadFit.Verdict.Temporary(String input) -> temporary(wish, bound, input);
        };
    }

    private Optional<OpenThread> kept(Wish wish, Binding bound) {
        if (ThreadGuard.isMissing(wish.server(), bound, wish.settings())) {
            return copied(wish, bound);
        }
        if (loaded.isWarm(bound.thread(), wish.server())) {
            return Optional.of(opened(wish, bound, !loaded.isBusy(wish.server(), bound.thread())));
        }
        try {
            ThreadOpened opened = resume(wish.server(), bound.thread(), wish.settings());
            boolean idle = !(opened.thread().status() instanceof ThreadStatus.Active);
            return Optional.of(opened(wish, bound, idle));
        } catch (RpcFailedException e) {
            return refused(wish, bound, e);
        }
    }

    private Optional<OpenThread> refused(Wish wish, Binding bound, RpcFailedException cause) {
        if (!ThreadFacts.isLost(cause.refusal(), bound)) {
            throw cause;
        }
        LOG.warn("thread refused: thread={} cause={}", bound.thread(), cause.getMessage());
        return bound.facts().containsKey(Facts.UNUSED)
                ? begunAgain(wish, bound)
                : replaced(wish, bound, ThreadFit.RESUME_REFUSED);
    }

    /** A loaded thread keeps the hooks that it has; a copy has those that it must have. */
    private Optional<OpenThread> copied(Wish wish, Binding old) {
        ThreadOpened opened;
        try {
            ThreadFork copy = ThreadForms.copy(old.thread(), wish.settings());
            opened = loaded.fork(wish.server(), copy);
        } catch (RpcFailedException e) {
            return refused(wish, old, e);
        }
        return inPlace(wish, old, opened, Facts.HOOKS, Replacement.Context.WHOLE);
    }

    /** Nothing was ever said in it, so nothing is lost and nobody is told. */
    private Optional<OpenThread> begunAgain(Wish wish, Binding unused) {
        ThreadOpened opened = start(wish.server(), wish.settings(), wish.loading());
        Map<String, String> facts = new HashMap<>(unused.facts());
        facts.putAll(ThreadFacts.opened(opened, wish.server()));
        Binding binding = bound(wish.session(), opened, facts);
        LOG.info("thread begun again: thread={} by={}", unused.thread(), binding.thread());
        return inPlaceOf(unused, binding)
                ? Optional.of(opened(wish, binding, true))
                : Optional.empty();
    }

    private Optional<OpenThread> replaced(Wish wish, Binding old, String input) {
        ThreadOpened opened = start(wish.server(), wish.settings(), wish.loading());
        Replacement.Context context = handOver(wish, old, opened.thread().id());
        return inPlace(wish, old, opened, input, context);
    }

    private Optional<OpenThread> inPlace(
            Wish wish,
            Binding old,
            ThreadOpened opened,
            String input,
            Replacement.Context context) {
        var replacement = new Replacement(input, Optional.of(timers.instant()), context);
        Map<String, String> more = new HashMap<>(replacement.facts());
        if (context == Replacement.Context.NONE || context == Replacement.Context.LOST) {
            more.put(Facts.UNUSED, "true");
        }
        more.putAll(ThreadFacts.ofChoice(old));
        Binding binding = begun(wish, opened, more);
        if (!inPlaceOf(old, binding)) {
            return Optional.empty();
        }
        LOG.info(
                "thread replaced: thread={} by={} session={} input={} context={}",
                old.thread(),
                binding.thread(),
                old.session(),
                input,
                context);
        return Optional.of(opened(wish, binding, true));
    }

    /** For this turn only; the binding is kept, and remembers it while the turn runs. */
    private Optional<OpenThread> temporary(Wish wish, Binding bound, String input) {
        ThreadOpened opened = start(wish.server(), wish.settings(), wish.loading());
        ThreadId thread = opened.thread().id();
        handOver(wish, bound, thread);
        Map<String, String> facts = new HashMap<>(bound.facts());
        facts.put(Facts.TEMPORARY, thread.value());
        Binding binding = with(bound, facts);
        LOG.info("thread for one turn: thread={} bound={} input={}", thread, bound.thread(), input);
        if (!bindings.replaceIfStill(bound.thread(), binding)) {
            loaded.letGo(thread);
            return Optional.empty();
        }
        return Optional.of(
                new OpenThread(
                        wish.server(), thread, true, Optional.empty(), true, Optional.empty()));
    }

    /** A model call filled the thread so far. */
    void filled(ThreadId thread, ContextFill fill) {
        fills.put(thread, fill);
    }

    private ContextFill fill(Binding bound) {
        return fills.computeIfAbsent(bound.thread(), thread -> bindings.fill(bound));
    }

    private boolean inPlaceOf(Binding old, Binding next) {
        boolean stored = bindings.replaceIfStill(old.thread(), next);
        ThreadId unneeded = stored ? old.thread() : next.thread();
        fills.remove(unneeded);
        loaded.letGo(unneeded);
        return stored;
    }

    private Replacement.Context handOver(Wish wish, Binding old, ThreadId thread) {
        return handOver.to(wish.server(), thread, wish.session(), PastTalk.charsMax(fill(old)));
    }

    private OpenThread opened(Wish wish, Binding binding, boolean idle) {
        Map<String, String> now = binding.facts();
        if (now.containsKey(Facts.REPLACED) && !now.containsKey(Facts.TOLD)) {
            untold.add(binding.session());
        }
        return new OpenThread(
                wish.server(),
                binding.thread(),
                idle,
                Optional.ofNullable(binding.facts().get(Facts.INTERRUPTED)),
                false,
                ThreadFacts.onceAccepted(
                                binding, wish.server(), wish.settings(), wish.fingerprints())
                        .map(facts -> with(binding, facts)));
    }

    private Binding begun(Wish wish, ThreadOpened opened, Map<String, String> more) {
        Map<String, String> facts = ThreadFacts.opened(opened, wish.server());
        facts.putAll(wish.fingerprints());
        facts.putAll(more);
        return bound(wish.session(), opened, facts);
    }

    Binding bound(SessionKey session, ThreadOpened opened, Map<String, String> facts) {
        Instant now = timers.instant();
        return new Binding(session, opened.thread().id(), facts, now, now);
    }

    private Binding with(Binding binding, Map<String, String> facts) {
        return new Binding(
                binding.session(), binding.thread(), facts, binding.createdAt(), timers.instant());
    }

    /** Codex accepted a turn on it: what the binding promised of it now holds. */
    void accepted(OpenThread thread) {
        thread.onceAccepted().ifPresent(next -> bindings.replaceIfStill(next.thread(), next));
    }

    /** A turn of an earlier process was followed to its end. */
    void recovered(SessionKey session) {
        note(session, Facts.TEMPORARY, Optional.empty());
        note(session, Facts.UNUSED, Optional.empty());
    }

    /**
     * The replacement that the person is to be told of with this turn's answer: each one once, but
     * to the same turn again.
     */
    Optional<Replacement> toTell(SessionKey session, TurnKey turn) {
        if (!untold.contains(session)) {
            return Optional.empty();
        }
        Map<String, String> facts = bindings.load(session).map(Binding::facts).orElse(Map.of());
        Optional<Replacement> replacement = Replacement.of(facts);
        @Nullable String told = facts.get(Facts.TOLD);
        if (replacement.isEmpty() || (told != null && !told.equals(turn.value()))) {
            untold.remove(session);
            return Optional.empty();
        }
        note(session, Facts.TOLD, Optional.of(turn.value()));
        return replacement;
    }

    /** Loads a thread, or joins it where it is loaded; its turns are left out. */
    ThreadOpened resume(AppServer server, ThreadId thread, CodexSettings settings) {
        return loaded.resume(server, ThreadForms.resume(thread, settings));
    }

    /**
     * Loads a thread that a person chose; {@code wish} says what of it is to be other than it was,
     * which a thread with a running turn does not heed.
     */
    ThreadOpened adopt(AppServer server, ThreadId thread, BindWish wish, CodexSettings settings) {
        return loaded.resume(server, ThreadForms.adopt(thread, wish, settings));
    }

    /** A new thread for a session, and what binding it there would store. */
    Binding begin(AppServer server, SessionKey session, CodexSettings settings) {
        ToolLoading loading = loading(server, settings);
        ThreadOpened opened = start(server, settings, loading);
        Map<String, String> facts = ThreadFacts.opened(opened, server);
        facts.putAll(ThreadFacts.fingerprints(server, settings, tools(settings), loading));
        facts.put(Facts.UNUSED, "true");
        return bound(session, opened, facts);
    }

    /** Tells a thread what was said in a session whose own thread cannot be had. */
    void tellPast(AppServer server, ThreadId thread, Binding bound) {
        handOver.to(server, thread, bound.session(), PastTalk.charsMax(fill(bound)));
    }

    /** Starts a thread that no session is bound to. */
    ThreadOpened start(AppServer server, CodexSettings settings, ToolLoading loading) {
        return loaded.start(server, ThreadForms.start(settings, tools(settings), loading));
    }

    /** Binds the session to a thread that the server just opened. */
    Binding bind(SessionKey session, ThreadOpened opened, Map<String, String> facts) {
        Optional<Binding> before = bindings.load(session);
        Binding binding = bound(session, opened, facts);
        bindings.save(binding);
        before.map(Binding::thread).ifPresent(loaded::letGo);
        return binding;
    }

    /** Puts a fact into the session's binding, or takes it out; nothing happens without one. */
    void note(SessionKey session, String fact, Optional<String> value) {
        bindings.load(session)
                .filter(binding -> !Optional.ofNullable(binding.facts().get(fact)).equals(value))
                .ifPresent(
                        binding -> {
                            Map<String, String> facts = new HashMap<>(binding.facts());
                            value.ifPresentOrElse(
                                    text -> facts.put(fact, text), () -> facts.remove(fact));
                            bindings.replaceIfStill(binding.thread(), with(binding, facts));
                        });
    }

    /** A turn of ours is followed there. */
    void works(ThreadId thread) {
        loaded.works(thread);
    }

    void rests(ThreadId thread) {
        loaded.rests(thread);
    }

    boolean isWorking(ThreadId thread) {
        return loaded.isWorking(thread);
    }

    /** The next turn resumes the thread anew instead of trusting that it is loaded and idle. */
    void forgetLoaded(ThreadId thread) {
        loaded.forget(thread);
    }

    void unbind(SessionKey session) {
        bindings.load(session)
                .ifPresent(
                        binding -> {
                            bindings.clearIfStill(session, binding.thread());
                            guard.left(session);
                            loaded.letGo(binding.thread());
                        });
    }

    /**
     * How tools reach this model: one that the catalogue does not know cannot search, and a server
     * on another machine is not relied on to.
     */
    ToolLoading loading(AppServer server, CodexSettings settings) {
        return ThreadFacts.loading(server, settings, searches(server, settings));
    }

    /** Whether the model can search for tools; empty if nobody can tell now. */
    private Optional<Boolean> searches(AppServer server, CodexSettings settings) {
        return settings.model().isEmpty()
                ? Optional.of(true)
                : catalog.knows(server, settings.model().get());
    }
}
