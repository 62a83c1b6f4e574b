package dev.chela.config.state;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another process already runs on the state directory. */
public final class InstanceHeldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Holder holder;

    InstanceHeldException(StateDirectory state, @Nullable Holder holder) {
        super(describe(state, holder));
        this.holder = holder;
    }

    /** Who holds it, if it said so. */
    public Optional<Holder> holder() {
        return Optional.ofNullable(holder);
    }

    private static String describe(StateDirectory state, @Nullable Holder holder) {
        return "the state directory "
                + state.root()
                + " is in use by "
                + (holder == null || !holder.isAlive() ? nameless(state) : named(holder))
                + ", or use another CHELA_STATE_DIR";
    }

    private static String named(Holder holder) {
        String port = holder.port() == 0 ? "" : ", port " + holder.port();
        return "process %d (started %s%s); stop it first"
                .formatted(holder.pid(), holder.start().instant(), port);
    }

    private static String nameless(StateDirectory state) {
        return """
                a process that cannot be named: no living process is in %s. Find it with \
                "lsof %s", end it with "kill PID" and start the bot again"""
                .formatted(state.holderFile(), state.lockFile());
    }
}
