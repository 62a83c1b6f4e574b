package dev.chela.harness.codex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.Timers;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServers;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.RpcRefusal;
import dev.chela.harness.appserver.protocol.DynamicTool;
import dev.chela.harness.appserver.protocol.Personality;
import dev.chela.harness.appserver.protocol.ThreadOpened;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.auth.SignInState;
import dev.chela.harness.session.Binding;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.tools.ToolLoading;
import dev.chela.harness.tools.ToolRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which thread a session talks to: keeps the bound one, resumes it where it is not loaded, and
 * replaces it only when something its fingerprints name has changed or Codex refuses it.
 */
final class Threads {

    private static final Logger LOG = LoggerFactory.getLogger(Threads.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ASK_IN_DEFAULT_MODE = "features.default_mode_request_user_input";

    private final AppServers servers;
    private final Bindings bindings;
    private final ToolRegistry tools;
    private final SignIn signIn;
    private final ModelCatalog catalog;
    private final Timers timers;

    /** Which connection has a thread loaded and heard by us; a warm turn skips the resume. */
    private final Map<ThreadId, AppServer> loaded = new ConcurrentHashMap<>();

    Threads(
            AppServers servers,
            Bindings bindings,
            ToolRegistry tools,
            SignIn signIn,
            ModelCatalog catalog,
            Timers timers) {
        this.servers = servers;
        this.bindings = bindings;
        this.tools = tools;
        this.signIn = signIn;
        this.catalog = catalog;
        this.timers = timers;
    }

    /** A server that is signed in as far as it can be. */
    AppServer server(SessionKey session) {
        AppServer server = servers.attach(Sessions.agent(session));
        if (signIn.ensure(server) == SignInState.MISSING) {
            throw new NotSignedInException();
        }
        return server;
    }

    Optional<Binding> binding(SessionKey session) {
        return bindings.load(session);
    }

    /**
     * The session's thread, loaded.
     *
     * @throws dev.chela.harness.appserver.AppServerException if the server cannot be had, or
     *     another process has the thread open
     */
    OpenThread open(SessionKey session, CodexSettings settings) {
        AppServer server = server(session);
        ToolLoading loading = loading(server, settings);
        Optional<Binding> bound = bindings.load(session);
        if (bound.isEmpty()) {
            return start(server, session, settings, loading, Optional.empty());
        }
        Binding binding = bound.get();
        Optional<String> broken = Facts.broken(binding.facts(), tools, loading);
        if (broken.isPresent()) {
            return replace(server, binding, settings, loading, broken.get());
        }
        Optional<String> interruptedBy =
                Optional.ofNullable(binding.facts().get(Facts.INTERRUPTED));
        if (loaded.get(binding.thread()) == server) {
            return new OpenThread(server, binding.thread(), true, interruptedBy);
        }
        try {
            ThreadOpened opened = resume(server, binding.thread(), settings);
            boolean idle = !(opened.thread().status() instanceof ThreadStatus.Active);
            return new OpenThread(server, binding.thread(), idle, interruptedBy);
        } catch (RpcFailedException e) {
            if (keepsBinding(e.refusal())) {
                throw e;
            }
            LOG.warn("thread refused: thread={} cause={}", binding.thread(), e.getMessage());
            return replace(server, binding, settings, loading, "resumeRefused");
        }
    }

    /** Loads a thread, or joins it where it is loaded; its turns are left out. */
    ThreadOpened resume(AppServer server, ThreadId thread, CodexSettings settings) {
        ThreadOpened opened =
                server.request(new ThreadResume(thread, options(settings), Personality.NONE, true));
        if (!(opened.thread().status() instanceof ThreadStatus.Active)) {
            nowLoaded(thread, server);
        }
        return opened;
    }

    /** Starts a thread that no session is bound to. */
    ThreadOpened start(AppServer server, CodexSettings settings, ToolLoading loading) {
        List<DynamicTool> offered =
                tools.offered(loading).stream()
                        .map(
                                tool ->
                                        new DynamicTool(
                                                tool.name(),
                                                tool.description(),
                                                tool.inputSchema(),
                                                tool.namespace(),
                                                tool.deferLoading()))
                        .toList();
        ThreadOpened opened =
                server.request(
                        new ThreadStart(
                                options(settings, instructions(settings, loading)),
                                Personality.NONE,
                                false,
                                false,
                                offered));
        nowLoaded(opened.thread().id(), server);
        return opened;
    }

    /** Binds the session to a thread that the server just opened. */
    Binding bind(SessionKey session, ThreadOpened opened, Map<String, String> facts) {
        Instant now = timers.instant();
        Binding binding = new Binding(session, opened.thread().id(), facts, now, now);
        bindings.save(binding);
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
                            bindings.save(
                                    new Binding(
                                            session,
                                            binding.thread(),
                                            facts,
                                            binding.createdAt(),
                                            timers.instant()));
                        });
    }

    /** The next turn resumes the thread anew instead of trusting that it is loaded and idle. */
    void forgetLoaded(ThreadId thread) {
        loaded.remove(thread);
    }

    private void nowLoaded(ThreadId thread, AppServer server) {
        loaded.values().removeIf(other -> !other.isOpen());
        loaded.put(thread, server);
    }

    void unbind(SessionKey session) {
        bindings.load(session)
                .ifPresent(
                        binding -> {
                            loaded.remove(binding.thread());
                            bindings.clearIfStill(session, binding.thread());
                        });
    }

    /** How tools reach this model: a model that the catalogue does not know cannot search. */
    ToolLoading loading(AppServer server, CodexSettings settings) {
        boolean searches =
                settings.model().map(model -> catalog.mayKnow(server, model)).orElse(true);
        return searches ? settings.toolLoading() : ToolLoading.DIRECT;
    }

    private OpenThread start(
            AppServer server,
            SessionKey session,
            CodexSettings settings,
            ToolLoading loading,
            Optional<String> replaced) {
        ThreadOpened opened = start(server, settings, loading);
        Map<String, String> facts = Facts.of(opened, server.version().toString(), tools, loading);
        replaced.ifPresent(why -> facts.put(Facts.REPLACED, why));
        bind(session, opened, facts);
        LOG.info("thread started: thread={} session={}", opened.thread().id(), session);
        return OpenThread.idle(server, opened.thread().id());
    }

    private OpenThread replace(
            AppServer server,
            Binding old,
            CodexSettings settings,
            ToolLoading loading,
            String why) {
        LOG.info(
                "thread replaced: thread={} session={} cause={}", old.thread(), old.session(), why);
        loaded.remove(old.thread());
        bindings.clearIfStill(old.session(), old.thread());
        return start(server, old.session(), settings, loading, Optional.of(why));
    }

    private static boolean keepsBinding(RpcRefusal refusal) {
        return switch (refusal) {
            case ACTIVE_WRITER, OVERLOADED, SIGN_IN_REQUIRED -> true;
            case UNKNOWN_METHOD,
                    UNSUPPORTED,
                    INPUT_TOO_LARGE,
                    NOT_STEERABLE,
                    NO_ACTIVE_TURN,
                    OTHER_TURN,
                    NO_SUCH_THREAD,
                    OTHER ->
                    false;
        };
    }

    private String instructions(CodexSettings settings, ToolLoading loading) {
        List<String> deferred = tools.deferred(loading);
        if (deferred.isEmpty()) {
            return settings.developerInstructions();
        }
        String names =
                "Tools of the namespace %s that you find with tool search: %s."
                        .formatted(ToolRegistry.NAMESPACE, String.join(", ", deferred));
        return settings.developerInstructions().isBlank()
                ? names
                : settings.developerInstructions() + "\n\n" + names;
    }

    private static ThreadOptions options(CodexSettings settings) {
        return options(settings, "");
    }

    private static ThreadOptions options(CodexSettings settings, String instructions) {
        return ThreadOptions.builder()
                .cwd(settings.workspace().toString())
                .model(settings.model().orElse(null))
                .approvalPolicy(settings.policy().approval())
                .approvalsReviewer(settings.policy().reviewer())
                .sandbox(settings.policy().sandbox())
                .serviceTier(settings.serviceTier().orElse(null))
                .developerInstructions(instructions.isBlank() ? null : instructions)
                .config(config(settings))
                .build();
    }

    private static JsonNode config(CodexSettings settings) {
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put(ASK_IN_DEFAULT_MODE, true);
        patch.putAll(settings.threadConfig());
        return MAPPER.valueToTree(patch);
    }
}
