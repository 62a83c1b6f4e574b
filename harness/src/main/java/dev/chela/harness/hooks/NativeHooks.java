package dev.chela.harness.hooks;

import dev.chela.config.CodexPluginConfig.HookEvent;
import dev.chela.config.Live;
import dev.chela.harness.SessionKey;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.binding.ThreadSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs the hooks that somebody listens to on threads, and tells those who listen (harness §10).
 * Where nobody listens a thread is opened as if there were no hooks.
 */
public final class NativeHooks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NativeHooks.class);

    private final List<NativeHook> hooks;
    private final Live<Optional<Set<HookKind>>> events;
    private final RelayFiles files;
    private final Relays relays;
    private final RelayServer server;
    private final Revisions revisions = new Revisions();
    private final Supplier<Map<SessionKey, String>> bound;
    private final AtomicBoolean leftOut = new AtomicBoolean();

    /**
     * @param hooks who listens
     * @param events {@code nativeHookRelay.events}
     * @param folder where the script lies; its place must not change
     * @param searchPath where bash is looked for, as {@code PATH} has it
     * @param bound the generations that bindings remember
     */
    public NativeHooks(
            List<NativeHook> hooks,
            Live<Optional<List<HookEvent>>> events,
            Path folder,
            String searchPath,
            InstantSource clock,
            Supplier<Map<SessionKey, String>> bound) {
        this.events = () -> events.get().map(NativeHooks::kinds);
        this.hooks = new ArrayList<>(hooks);
        this.hooks.add(new HookLines(this.events));
        this.files = new RelayFiles(folder.toAbsolutePath(), searchPath);
        this.relays = new Relays(clock, bound);
        this.server = new RelayServer(files, this::answer);
        this.bound = bound;
    }

    /** Nobody listens, ever. */
    public static NativeHooks none() {
        return new NativeHooks(
                List.of(),
                Live.of(Optional.empty()),
                Path.of("."),
                "",
                InstantSource.system(),
                Map::of);
    }

    private static Set<HookKind> kinds(List<HookEvent> events) {
        return events.stream()
                .map(event -> HookKind.valueOf(event.name()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Listens from now on, if one of these agents has somebody who does, or a thread of an earlier
     * process may still ask: a server that outlived it keeps the hooks it was given.
     */
    public void open(List<String> agents) {
        boolean wanted =
                agents.stream()
                        .anyMatch(agent -> hooks.stream().anyMatch(h -> !h.wants(agent).isEmpty()));
        if (wanted || !bound.get().isEmpty()) {
            server.start();
        }
    }

    /**
     * The setup of a session's thread with the hooks that it is to have, which come last. The same
     * setup where there are none.
     *
     * @param unasked whether nobody is asked for anything
     * @param budgets how long a turn may take with all that goes before it
     * @param facts what the session's binding remembers
     */
    public ThreadSetup on(
            SessionKey session,
            ThreadSetup setup,
            boolean unasked,
            Duration budgets,
            Map<String, String> facts) {
        SortedMap<HookKind, Boolean> wanted = wanted(agent(session), unasked);
        boolean enforced = wanted.containsValue(true);
        if (wanted.isEmpty() || (!enforced && isImpossible())) {
            return setup;
        }
        server.start();
        String generation =
                relays.register(
                        session,
                        Optional.ofNullable(facts.get(Facts.HOOK_GENERATION)),
                        Relays.ttl(budgets));
        String relay = Relays.id(session);
        SortedMap<HookKind, String> commands = new TreeMap<>();
        wanted.forEach(
                (kind, enforce) ->
                        commands.put(kind, files.command(relay, generation, kind, enforce)));
        return setup.withHooks(HookConfig.of(commands), generation, enforced);
    }

    private boolean isImpossible() {
        if (files.canRun()) {
            return false;
        }
        if (leftOut.compareAndSet(false, true)) {
            LOG.warn("native hooks left out: there is no bash to relay them");
        }
        return true;
    }

    /**
     * Why what is enforced for the agent cannot be; empty if it can, or nothing is.
     *
     * @param elsewhere whether Codex runs on another machine
     */
    public Optional<String> trouble(String agentId, boolean elsewhere) {
        if (!wanted(agentId, true).containsValue(true)) {
            return Optional.empty();
        }
        if (elsewhere) {
            return Optional.of("the app-server runs on another machine and cannot ask this bot");
        }
        if (!files.canRun()) {
            return Optional.of("there is no bash on this machine to relay them");
        }
        return server.start()
                ? Optional.empty()
                : Optional.of("the bot cannot listen for them, its log says why");
    }

    /** Whether a tool of the agent must not run unless somebody here was asked. */
    public boolean enforces(String agentId) {
        return wanted(agentId, true).containsValue(true);
    }

    /** Which events, and whether one who listens must be asked. */
    private SortedMap<HookKind, Boolean> wanted(String agentId, boolean unasked) {
        Map<HookKind, Boolean> wanted = new EnumMap<>(HookKind.class);
        Set<HookKind> usual = EnumSet.allOf(HookKind.class);
        if (!unasked) {
            usual.remove(HookKind.PERMISSION_REQUEST);
        }
        Set<HookKind> relayed = events.get().orElse(usual);
        for (NativeHook hook : hooks) {
            for (HookKind kind : hook.wants(agentId)) {
                // Only before a tool can Codex be kept from anything without harm.
                boolean enforce = kind == HookKind.PRE_TOOL_USE && hook.enforces();
                if (enforce || relayed.contains(kind)) {
                    wanted.merge(kind, enforce, Boolean::logicalOr);
                }
            }
        }
        return new TreeMap<>(wanted);
    }

    /** The session's binding is gone. */
    public void left(SessionKey session) {
        relays.leave(session);
    }

    private Answer answer(String relay, String generation, HookKind kind, byte[] body, boolean cut)
            throws IOException {
        Optional<SessionKey> session = relays.find(relay, generation);
        if (session.isEmpty()) {
            LOG.warn("native hook of a relay that is gone: relay={}", relay);
            return Answer.GONE;
        }
        String agent = agent(session.get());
        NativeEvent event = EventJson.read(kind, session.get(), body, cut);
        NativeVerdict verdict = NativeVerdict.none();
        for (NativeHook hook : hooks) {
            if (hook.wants(agent).contains(kind)) {
                verdict = stronger(verdict, ask(hook, agent, event));
            }
        }
        return Answer.of(kind, revisions.bounded(event, verdict));
    }

    private static NativeVerdict ask(NativeHook hook, String agent, NativeEvent event) {
        try {
            return hook.on(agent, event);
        } catch (RuntimeException e) {
            LOG.error("native hook broke: event={}", event.kind().id(), e);
            return hook.enforces()
                    ? new NativeVerdict.Block("a rule of the operator could not be looked up")
                    : NativeVerdict.none();
        }
    }

    /** A block goes before a revision, that before a leave; of two equal ones the first. */
    private static NativeVerdict stronger(NativeVerdict one, NativeVerdict other) {
        return rank(other) > rank(one) ? other : one;
    }

    private static int rank(NativeVerdict verdict) {
        return switch (verdict) {
            case NativeVerdict.NoOpinion() -> 0;
            case NativeVerdict.Allow() -> 1;
            case NativeVerdict.Revise _ -> 2;
            case NativeVerdict.Block _ -> 3;
        };
    }

    private static String agent(SessionKey session) {
        String[] parts = session.value().split(":", 3);
        return parts.length > 1 && parts[0].equals("agent") ? parts[1] : "main";
    }

    @Override
    public void close() {
        server.close();
    }
}
