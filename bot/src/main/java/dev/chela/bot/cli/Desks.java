package dev.chela.bot.cli;

import dev.chela.config.Secret;
import dev.chela.config.json5.Node;
import dev.chela.harness.auth.DeviceCode;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a command line changes state: at the running bot, or at its state directory. */
interface Desks extends AutoCloseable {

    /** Who waits to be let in. */
    Node.Obj pairings();

    /** Lets in whoever got {@code code}, and tells them; empty if it is unknown or expired. */
    Optional<Node.Obj> approve(
            String channel, String code, Optional<String> account, boolean notify);

    /** Signs the app-server in; blocks until that is done. */
    void signIn(Optional<Secret> key, Consumer<DeviceCode> show);

    /** Sessions and archives, as {@code {sessions: [...], archives: [...]}}. */
    Node.Obj sessions();

    /** Takes an archive up again; says what became of that. */
    Node.Obj restore(String id);

    /** A transcript's lines; empty if there is none. */
    Optional<Node.Obj> export(String session);

    /** Does what maintenance has to do now, or only says what that is. */
    Node.Obj cleanup(boolean enforce);

    @Override
    void close();

    /** Those of the running bot; without one, the state directory's, locked until closed. */
    static Desks open(Surroundings here) {
        Optional<RunningBot> running = RunningBot.find(here);
        return running.isPresent() ? running.get() : RestingBot.open(here);
    }
}
