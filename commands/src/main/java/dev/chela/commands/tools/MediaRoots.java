package dev.chela.commands.tools;

import dev.chela.channels.Attachment;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ToolCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The folders a session's agent may send files from; everything outside them is refused. */
public final class MediaRoots {

    private static final int FILES_MAX = 10;

    private final Function<SessionKey, List<Path>> roots;

    /**
     * The folders.
     *
     * @param roots a session's workspace first: relative paths are taken from there
     */
    public MediaRoots(Function<SessionKey, List<Path>> roots) {
        this.roots = roots;
    }

    /** The files a call wants to attach. */
    List<Attachment> attachments(ToolCall call) {
        List<String> wanted = Arguments.texts(call, "media", "mediaUrls");
        if (wanted.size() > FILES_MAX) {
            throw new ToolRefusal("at most %d files at once".formatted(FILES_MAX));
        }
        return wanted.stream().map(path -> attachment(call.turn().session(), path)).toList();
    }

    private Attachment attachment(SessionKey session, String wanted) {
        if (wanted.matches("(?i)[a-z][a-z0-9+.-]+://.*")) {
            throw new ToolRefusal(
                    "media is a file in the workspace, not an address; download it first");
        }
        try {
            List<Path> allowed = roots.apply(session);
            Path file = allowed.getFirst().resolve(wanted).toRealPath();
            if (allowed.stream().noneMatch(root -> isInside(file, root))) {
                throw new ToolRefusal("%s lies outside the workspace".formatted(wanted));
            }
            if (!Files.isRegularFile(file)) {
                throw new ToolRefusal("%s is no file".formatted(wanted));
            }
            String type = Files.probeContentType(file);
            return new Attachment(
                    String.valueOf(file.getFileName()),
                    type == null ? "application/octet-stream" : type,
                    Files.size(file),
                    Optional.empty(),
                    Optional.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new ToolRefusal("%s cannot be read".formatted(wanted));
        }
    }

    private static boolean isInside(Path file, Path root) {
        try {
            return file.startsWith(root.toRealPath());
        } catch (IOException gone) {
            return false;
        }
    }
}
