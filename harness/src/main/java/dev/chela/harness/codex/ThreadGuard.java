package dev.chela.harness.codex;

import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.Place;
import dev.chela.harness.appserver.UnguardedException;
import dev.chela.harness.hooks.NativeHooks;
import dev.chela.harness.session.Binding;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sees to it that threads have the hooks that they must have. */
final class ThreadGuard {

    private final NativeHooks hooks;

    ThreadGuard(NativeHooks hooks) {
        this.hooks = hooks;
    }

    /**
     * The settings with the session's hooks.
     *
     * @param facts what its binding remembers
     */
    CodexSettings on(SessionKey session, CodexSettings settings, Map<String, String> facts) {
        Duration budgets = settings.watches().run();
        return settings.withSetup(
                hooks.on(
                        session,
                        settings.setup(),
                        !settings.policy().asksPeople(),
                        budgets,
                        facts));
    }

    /**
     * Lets no thread be opened that would run what must be asked about.
     *
     * @throws UnguardedException if the server cannot ask
     */
    void check(SessionKey session, AppServer server) {
        Optional<String> trouble =
                hooks.trouble(Sessions.agent(session), server.place() == Place.REMOTE);
        if (trouble.isPresent()) {
            throw new UnguardedException(trouble.get());
        }
    }

    /** Whether the bound thread is loaded without hooks that it must have, and keeps being so. */
    static boolean isMissing(AppServer server, Binding bound, CodexSettings settings) {
        return settings.setup().isUnguarded(bound.facts())
                && LoadedThreads.isLoadedThere(server, bound.thread());
    }

    /**
     * What a binding remembers of the hooks of a thread that is loaded next with these settings:
     * nothing where it is loaded already, since then it keeps those that it has.
     */
    static Map<String, String> ifLoaded(AppServer server, ThreadId thread, CodexSettings settings) {
        return settings.setup().isGuarded() && LoadedThreads.isLoadedThere(server, thread)
                ? Map.of()
                : ThreadFacts.ofHooks(settings);
    }

    /** The session's binding is gone. */
    void left(SessionKey session) {
        hooks.left(session);
    }
}
