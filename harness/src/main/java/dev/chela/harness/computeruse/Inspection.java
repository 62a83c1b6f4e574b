package dev.chela.harness.computeruse;

import dev.chela.harness.Timers;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.RpcRefusal;
import dev.chela.harness.appserver.protocol.MarketplaceAdd;
import dev.chela.harness.computeruse.Question.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One look at what Codex has, with the installation if it is asked for. */
final class Inspection {

    private static final Duration POLL = Duration.ofSeconds(2);

    private final AppServer server;
    private final Mode mode;
    private final Timers timers;
    private final Pause pause;
    private final boolean patient;
    private final Tools tools;
    private final Plugins plugins;
    private final Optional<String> bundled;
    private Wish wish;
    private Words words;

    /**
     * @param bundled the file of the marketplace that comes with the desktop app of this machine
     * @param patient whether it may wait for a marketplace to appear
     */
    Inspection(
            Question question,
            Optional<String> bundled,
            boolean patient,
            Timers timers,
            Pause pause) {
        this.server = question.server();
        this.mode = question.mode();
        this.wish = question.wish();
        this.words = new Words(wish);
        this.tools = new Tools(server, question.thread());
        this.plugins = new Plugins(server);
        this.bundled = bundled;
        this.patient = patient;
        this.timers = timers;
        this.pause = pause;
    }

    /**
     * Looks.
     *
     * @throws ConnectionClosedException if the app-server went away
     */
    Readiness run() {
        try {
            return mode == Mode.INSTALL ? withSource() : looked();
        } catch (ConnectionClosedException e) {
            throw e;
        } catch (AppServerException e) {
            return unknown(Reason.CHECK_FAILED, words.failed(e, server.version().toString()));
        }
    }

    private Readiness withSource() {
        if (wish.source().isPresent()) {
            try {
                String name =
                        server.request(new MarketplaceAdd(wish.source().get())).marketplaceName();
                if (wish.path().isEmpty() && wish.marketplace().isEmpty()) {
                    wish = wish.at(name);
                    words = new Words(wish);
                }
            } catch (RpcFailedException e) {
                if (e.refusal() == RpcRefusal.UNKNOWN_METHOD) {
                    throw e;
                }
                return unknown(Reason.MARKETPLACE_MISSING, words.sourceRefused(e));
            }
        }
        return looked();
    }

    private Readiness looked() {
        Search search = look();
        if (search instanceof Search.Hit(Found found)) {
            return at(found);
        }
        if (plugins.areOff()) {
            if (mode != Mode.INSTALL) {
                return unknown(Reason.MARKETPLACE_MISSING, words.pluginsOff());
            }
            plugins.switchOn();
            search = look();
        }
        if (search instanceof Search.Nothing) {
            // What was installed from a file that Codex has forgotten is there all the same.
            Optional<Readiness> unlisted = unlisted();
            if (unlisted.isPresent()) {
                return unlisted.get();
            }
            if (mode == Mode.AUTO && wish.source().isPresent()) {
                return unknown(Reason.AUTO_INSTALL_BLOCKED, words.blocked());
            }
            search = mode == Mode.LOOK ? search : appeared(search);
        }
        return search instanceof Search.Hit(Found found)
                ? at(found)
                : unknown(Reason.MARKETPLACE_MISSING, words.missing(search));
    }

    /** An app-server that has just started finds marketplaces a while later. */
    private Search appeared(Search nothing) {
        Search last = nothing;
        Instant end = timers.instant().plus(patient ? wish.discovery() : Duration.ZERO);
        while (last instanceof Search.Nothing) {
            Duration left = Duration.between(timers.instant(), end);
            if (!left.isPositive() || !pause.of(left.compareTo(POLL) < 0 ? left : POLL)) {
                return last;
            }
            last = look();
        }
        return last;
    }

    private Search look() {
        return new Marketplaces(server, wish, bundled).look();
    }

    private Readiness at(Found found) {
        if (found.isForbidden()) {
            return of(Reason.PLUGIN_DISABLED, found, words.switchedOff(found));
        }
        return switch (found.state()) {
            case INSTALLED -> mode == Mode.INSTALL ? installed(found) : withTools(found);
            case SWITCHED_OFF ->
                    mode == Mode.INSTALL
                            ? installed(found)
                            : of(Reason.PLUGIN_DISABLED, found, words.switchedOff(found));
            case NOT_INSTALLED, UNKNOWN ->
                    switch (mode) {
                        case LOOK ->
                                of(Reason.PLUGIN_NOT_INSTALLED, found, words.notInstalled(found));
                        case AUTO ->
                                isFromElsewhere()
                                        ? of(Reason.AUTO_INSTALL_BLOCKED, found, words.blocked())
                                        : installed(found);
                        case INSTALL -> installed(found);
                    };
        };
    }

    /** A source is named, and nothing says that what Codex knows is from there. */
    private boolean isFromElsewhere() {
        return wish.source().isPresent() && wish.path().isEmpty() && wish.marketplace().isEmpty();
    }

    private Readiness installed(Found found) {
        try {
            plugins.install(found);
        } catch (RpcFailedException e) {
            if (e.refusal() == RpcRefusal.UNKNOWN_METHOD) {
                throw e;
            }
            return found.isRemote()
                    ? of(Reason.REMOTE_INSTALL_UNSUPPORTED, found, words.remote(found, e))
                    : of(
                            found.plugin().installed()
                                    ? Reason.PLUGIN_DISABLED
                                    : Reason.PLUGIN_NOT_INSTALLED,
                            found,
                            words.refused(found, e));
        }
        return withTools(found);
    }

    private Readiness withTools(Found found) {
        return switch (tools.of(wish.server())) {
            case Tools.Seen.There(Optional<String> _, List<String> names) ->
                    ready(found.marketplace(), names);
            case Tools.Seen.None() -> withoutTools(found, words.noServer());
            case Tools.Seen.Broken(String why) -> withoutTools(found, words.noTools(why));
        };
    }

    private Readiness withoutTools(Found found, String message) {
        return readiness(
                Reason.MCP_MISSING,
                PluginState.INSTALLED,
                Optional.of(found.marketplace()),
                List.of(),
                message);
    }

    private Optional<Readiness> unlisted() {
        if (!(tools.of(wish.server())
                instanceof Tools.Seen.There(Optional<String> plugin, List<String> names))) {
            return Optional.empty();
        }
        String prefix = wish.plugin() + "@";
        return plugin.filter(id -> id.startsWith(prefix))
                .map(id -> id.substring(prefix.length()))
                .filter(name -> wish.marketplace().map(name::equals).orElse(true))
                .map(name -> ready(name, names));
    }

    private Readiness ready(String from, List<String> names) {
        return readiness(
                Reason.READY, PluginState.INSTALLED, Optional.of(from), names, words.ready());
    }

    private Readiness of(Reason reason, Found found, String message) {
        return readiness(
                reason, found.state(), Optional.of(found.marketplace()), List.of(), message);
    }

    private Readiness unknown(Reason reason, String message) {
        return readiness(reason, PluginState.UNKNOWN, wish.marketplace(), List.of(), message);
    }

    private Readiness readiness(
            Reason reason,
            PluginState state,
            Optional<String> from,
            List<String> names,
            String message) {
        return new Readiness(reason, state, from, wish.plugin(), wish.server(), names, message);
    }
}
