package dev.chela.harness.appserver.protocol;

import dev.chela.harness.ThreadId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread as the server shows it.
 *
 * @param preview the first words said in it; foreign text
 * @param cliVersion the server version that created it
 * @param createdAt seconds since 1970
 * @param updatedAt seconds since 1970
 * @param turns filled only where the request asked for them
 */
public record CodexThread(
        ThreadId id,
        @Nullable String sessionId,
        ThreadStatus status,
        @Nullable String name,
        String preview,
        @Nullable String path,
        @Nullable String cwd,
        @Nullable String cliVersion,
        @Nullable String modelProvider,
        @Nullable String model,
        boolean ephemeral,
        @Nullable ThreadId forkedFromId,
        long createdAt,
        long updatedAt,
        List<CodexTurn> turns) {

    public CodexThread {
        turns = Copies.of(turns);
        preview = preview == null ? "" : preview;
    }
}
