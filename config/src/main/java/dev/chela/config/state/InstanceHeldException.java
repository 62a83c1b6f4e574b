package dev.chela.config.state;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another process already runs on the state directory. */
public final class InstanceHeldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Holder holder;

    InstanceHeldException(Path directory, @Nullable Holder holder) {
        super(describe(directory, holder));
        this.holder = holder;
    }

    /** Who holds it, if it said so. */
    public Optional<Holder> holder() {
        return Optional.ofNullable(holder);
    }

    private static String describe(Path directory, @Nullable Holder holder) {
        if (holder == null) {
            return "the state directory " + directory + " is in use by another process";
        }
        String port = holder.port() == 0 ? "" : ", port " + holder.port();
        return "the state directory "
                + directory
                + " is in use by process "
                + holder.pid()
                + " (started "
                + holder.start().instant()
                + port
                + "); stop it first, or use another CHELA_STATE_DIR";
    }
}
