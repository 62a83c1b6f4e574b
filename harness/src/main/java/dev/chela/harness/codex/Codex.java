package dev.chela.harness.codex;

import dev.chela.config.CodexPluginConfig.Discovery;
import dev.chela.config.Live;
import dev.chela.config.Secret;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.Timers;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.AppServers;
import dev.chela.harness.appserver.protocol.AccountRead;
import dev.chela.harness.appserver.protocol.CodexThread;
import dev.chela.harness.appserver.protocol.McpServerStatusList;
import dev.chela.harness.appserver.protocol.ModelList;
import dev.chela.harness.appserver.protocol.RateLimitsRead;
import dev.chela.harness.appserver.protocol.SkillsList;
import dev.chela.harness.appserver.protocol.ThreadList;
import dev.chela.harness.appserver.protocol.ThreadOpened;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.auth.DeviceCode;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.computeruse.ComputerUse;
import dev.chela.harness.computeruse.Readiness;
import dev.chela.harness.computeruse.Wish;
import dev.chela.harness.hooks.NativeHooks;
import dev.chela.harness.session.Binding;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.session.Transcripts;
import dev.chela.harness.tools.ToolRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a person can ask Codex directly, outside a turn: models, threads, the account, bindings and
 * sign-in. Everything blocks, and throws {@link AppServerException} where the server does not do
 * what was asked.
 */
public final class Codex {

    private static final Duration LOOK_DEADLINE = Duration.ofSeconds(5);
    private static final String OPENAI = "openai";
    private static final String FAST = "priority";
    private static final Discovery DISCOVERY = new Discovery(true, Duration.ofMillis(2_500));
    private static final int MCP_SERVERS_MAX = 100;
    private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);

    private final AppServers servers;
    private final CodexAgents agents;
    private final SignIn signIn;
    private final ModelCatalog catalog;
    private final Threads threads;
    private final ThreadGuard guard;
    private final ComputerUse computerUse;

    /** One that finds models as a config that says nothing lets it. */
    public Codex(
            AppServers servers,
            CodexAgents agents,
            Bindings bindings,
            Transcripts transcripts,
            ToolRegistry tools,
            SignIn signIn,
            Timers timers) {
        this(
                servers,
                agents,
                bindings,
                transcripts,
                tools,
                signIn,
                timers,
                new Manners(() -> DISCOVERY, NativeHooks.none()));
    }

    /**
     * How Codex is dealt with.
     *
     * @param discovery how models are asked for
     * @param hooks who wants to know what it does by itself
     */
    public record Manners(Live<Discovery> discovery, NativeHooks hooks) {}

    /** */
    public Codex(
            AppServers servers,
            CodexAgents agents,
            Bindings bindings,
            Transcripts transcripts,
            ToolRegistry tools,
            SignIn signIn,
            Timers timers,
            Manners manners) {
        this.servers = servers;
        this.agents = agents;
        this.signIn = signIn;
        this.catalog = new ModelCatalog(manners.discovery(), timers);
        this.guard = new ThreadGuard(manners.hooks());
        this.threads =
                new Threads(servers, bindings, transcripts, tools, signIn, catalog, timers, guard);
        this.computerUse = new ComputerUse(timers);
    }

    /** What sessions' turns run with. */
    SessionSettings sessionSettings() {
        return new SessionSettings(agents, threads, guard);
    }

    Threads threadBook() {
        return threads;
    }

    ComputerUse computerUse() {
        return computerUse;
    }

    /** Whether the agent's Codex has what Computer Use needs; changes nothing. */
    public Readiness computerUse(String agentId, Wish.Changes changes) {
        Wish wish = agents.settings(agentId).computerUse().with(changes);
        return wish.enabled()
                ? computerUse.status(servers.attach(agentId), wish)
                : ComputerUse.disabled(wish);
    }

    /** Has Codex set up what Computer Use needs, and says how far that came. */
    public Readiness installComputerUse(String agentId, Wish.Changes changes) {
        Wish wish = agents.settings(agentId).computerUse().with(changes);
        return computerUse.install(servers.attach(agentId), wish);
    }

    /** Whether the config has turns of this agent ask for Computer Use. */
    public boolean asksForComputerUse(String agentId) {
        return agents.settings(agentId).computerUse().enabled();
    }

    /** Ends what commands wait for; turns are stopped one by one. */
    public void endWaits() {
        computerUse.close();
    }

    /** The models that may be chosen; no proof that one of them works. */
    public List<ModelList.Model> models(String agentId) {
        return catalog.all(servers.attach(agentId)).stream()
                .filter(model -> !model.hidden())
                .toList();
    }

    /** The newest threads whose text fits {@code filter}; blank fits all. */
    public List<CodexThread> threads(String agentId, String filter, int limit) {
        @Nullable String search = filter.isBlank() ? null : filter.strip();
        return servers.attach(agentId)
                .request(new ThreadList(limit, null, null, search, null, null))
                .data();
    }

    /** What the session is bound to. */
    public Optional<Binding> binding(SessionKey session) {
        return threads.binding(session);
    }

    /** The sessions that are bound to a thread. */
    public List<SessionKey> boundTo(ThreadId thread) {
        return threads.boundTo(thread);
    }

    /** What turns of this session may do. */
    public Policy policy(SessionKey session) {
        CodexSettings usual = settings(session);
        return threads.claim(session).map(usual::ofBound).orElse(usual).policy();
    }

    /** What the config lets turns of the session's agent do. */
    public Policy configuredPolicy(SessionKey session) {
        return settings(session).policy();
    }

    /** Whether turns of this session ask for the faster service. */
    public boolean isFast(SessionKey session) {
        return settings(session).serviceTier().filter(FAST::equals).isPresent();
    }

    /**
     * Binds the session to a thread that there is; the old binding stays if the server refuses. A
     * turn that another client runs there is followed and waited for by the session's next one.
     *
     * @throws AppServerException if the thread is unknown, never had a turn, or is open elsewhere
     */
    public Binding resume(SessionKey session, ThreadId thread) {
        AppServer server = threads.server(session);
        CodexSettings guarded = guarded(session);
        Map<String, String> hooks = ThreadGuard.ifLoaded(server, thread, guarded);
        ThreadOpened opened = threads.adopt(server, thread, BindWish.asItIs(thread), guarded);
        Map<String, String> facts = chosen(opened, server, guarded);
        facts.putAll(hooks);
        return threads.bind(session, opened, facts);
    }

    /**
     * Opens a thread for a conversation that is to be bound, and binds nothing yet.
     *
     * @param session the one the conversation will have
     * @throws AppServerException if the thread is unknown, never had a turn, or is open elsewhere
     * @throws ThreadBusyException if a turn runs there
     */
    public ThreadOffer offer(SessionKey session, BindWish wish) {
        AppServer server = threads.server(session);
        CodexSettings usual = guarded(session);
        ClaimTerms asked =
                new ClaimTerms(
                        wish.folder().orElse(usual.workspace()),
                        wish.model().map(ModelNames::codex),
                        wish.provider(),
                        usual.policy().unasked());
        CodexSettings bound = usual.ofBound(asked);
        if (wish.thread().isPresent()) {
            return adopted(server, session, wish, bound);
        }
        Binding binding = threads.begin(server, session, bound);
        String provider = binding.facts().getOrDefault(Facts.MODEL_PROVIDER, OPENAI);
        return new ThreadOffer(binding, asked, knows(server, asked.model(), provider));
    }

    private ThreadOffer adopted(
            AppServer server, SessionKey session, BindWish wish, CodexSettings bound) {
        ThreadId thread = wish.thread().orElseThrow();
        Map<String, String> hooks = ThreadGuard.ifLoaded(server, thread, bound);
        ThreadOpened opened = threads.adopt(server, thread, wish, bound);
        if (opened.thread().status() instanceof ThreadStatus.Active) {
            throw new ThreadBusyException(opened.thread().id());
        }
        Optional<String> named = wish.model().map(ModelNames::codex);
        ClaimTerms terms =
                new ClaimTerms(
                        wish.folder()
                                .or(() -> Optional.ofNullable(opened.cwd()).map(bound::here))
                                .orElse(bound.workspace()),
                        named.or(() -> Optional.of(opened.model())),
                        wish.provider().or(() -> Optional.of(opened.modelProvider())),
                        bound.policy());
        Map<String, String> facts = chosen(opened, server, bound);
        facts.putAll(hooks);
        facts.put(Facts.FOLDER, terms.folder().toString());
        named.ifPresent(model -> facts.put(Facts.MODEL, model));
        return new ThreadOffer(
                threads.bound(session, opened, facts),
                terms,
                knows(server, named, opened.modelProvider()));
    }

    private static Map<String, String> chosen(
            ThreadOpened opened, AppServer server, CodexSettings settings) {
        Map<String, String> facts = ThreadFacts.opened(opened, server);
        facts.computeIfPresent(Facts.FOLDER, (name, folder) -> settings.here(folder).toString());
        facts.put(Facts.CHOSEN, "true");
        return facts;
    }

    /** A provider of one's own may have models that no catalogue lists. */
    private boolean knows(AppServer server, Optional<String> model, String provider) {
        return model.isEmpty()
                || !provider.equals(OPENAI)
                || catalog.knows(server, model.get()).orElse(true);
    }

    /**
     * Whether a turn that is none of ours runs on the session's thread; empty if the server cannot
     * be asked.
     */
    public Optional<Boolean> isBusyElsewhere(SessionKey session) {
        Optional<Binding> bound = threads.binding(session);
        if (bound.isEmpty() || threads.isWorking(bound.get().thread())) {
            return Optional.of(false);
        }
        try {
            ThreadRead question = new ThreadRead(bound.get().thread(), false);
            AppServer server = servers.attach(Sessions.agent(session));
            boolean active =
                    server.request(question, LOOK_DEADLINE).thread().status()
                            instanceof ThreadStatus.Active;
            return Optional.of(active && !threads.isWorking(bound.get().thread()));
        } catch (AppServerException e) {
            return Optional.empty();
        }
    }

    /** Ends the binding; the thread itself is kept. Says whether there was one. */
    public boolean detach(SessionKey session) {
        boolean bound = threads.binding(session).isPresent();
        threads.unbind(session);
        return bound;
    }

    /** Who the agent's server is signed in as. */
    public AccountRead.Result account(String agentId) {
        return servers.attach(agentId).request(new AccountRead(false));
    }

    /** How much of the allowance is left; refused without an account. */
    public RateLimitsRead.Result rateLimits(String agentId) {
        return servers.attach(agentId).request(new RateLimitsRead());
    }

    /** Asks for everything {@code /codex status} shows, at the same time; each may fail alone. */
    public CodexStatus status(String agentId) {
        AppServer server;
        try {
            server = servers.attach(agentId);
        } catch (AppServerException e) {
            return CodexStatus.unreachable(e);
        }
        String folder = agents.settings(agentId).folderThere();
        var models = probe(server, s -> catalog.all(s).stream().filter(m -> !m.hidden()).toList());
        var account = probe(server, s -> s.request(new AccountRead(false)));
        var limits = probe(server, s -> s.request(new RateLimitsRead()));
        var mcp =
                probe(
                        server,
                        s -> s.request(new McpServerStatusList(null, MCP_SERVERS_MAX, null, null)));
        var skills = probe(server, s -> s.request(new SkillsList(List.of(folder), false)));
        return new CodexStatus(
                Optional.of(server.version().toString()),
                models.join(),
                account.join(),
                limits.join(),
                mcp.join(),
                skills.join());
    }

    /** Signs the agent's server in with a Platform key. */
    public void loginApiKey(String agentId, Secret key) {
        AppServer server = servers.attach(agentId);
        signIn.withApiKey(server, key);
        catalog.forget(server);
    }

    /** Signs it in with a code that {@code show} puts before a person; waits for them. */
    public void loginDeviceCode(String agentId, Consumer<DeviceCode> show, Duration patience) {
        AppServer server = servers.attach(agentId);
        signIn.withDeviceCode(server, show, patience);
        catalog.forget(server);
    }

    /** With the session's hooks, for a thread that is opened. */
    private CodexSettings guarded(SessionKey session) {
        Map<String, String> facts = threads.binding(session).map(Binding::facts).orElse(Map.of());
        return guard.on(session, settings(session), facts);
    }

    private CodexSettings settings(SessionKey session) {
        return agents.settings(Sessions.agent(session));
    }

    private static <T> CompletableFuture<Probe<T>> probe(
            AppServer server, Function<AppServer, T> question) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new Probe.Answer<>(question.apply(server));
                    } catch (AppServerException e) {
                        return new Probe.Trouble<>(e);
                    }
                },
                VIRTUAL);
    }
}
