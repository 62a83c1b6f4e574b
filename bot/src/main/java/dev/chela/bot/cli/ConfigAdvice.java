package dev.chela.bot.cli;

import dev.chela.config.edit.ConfigEditor;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.load.ConfigLoader;
import dev.chela.config.load.LoadResult;
import dev.chela.config.secret.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an operator should know of a config that is not wrong: others may read it, or its secrets.
 */
final class ConfigAdvice {

    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rwx------");

    private ConfigAdvice() {}

    static List<String> of(ConfigLoader loader, LoadResult result) {
        List<String> advice = new ArrayList<>();
        if (result instanceof LoadResult.Loaded loaded) {
            loaded.warnings().forEach(warning -> advice.add(warning.toString()));
            loaded.files().forEach(file -> modes(file, advice));
        }
        modes(loader.location().stateDirectory().resolve(".env"), advice);
        advice.addAll(plainSecrets(loader));
        return advice;
    }

    /** Which secrets stand in the file itself. */
    static List<String> plainSecrets(ConfigLoader loader) {
        List<String> advice = new ArrayList<>();
        loader.written()
                .ifPresent(
                        written ->
                                new ConfigEditor(loader, Clock.systemUTC())
                                        .get(KeyPath.ROOT)
                                        .ifPresent(
                                                masked ->
                                                        plain(
                                                                KeyPath.ROOT,
                                                                written,
                                                                masked,
                                                                advice)));
        return advice;
    }

    private static void modes(Path file, List<String> advice) {
        try {
            if (!Files.exists(file)
                    || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                return;
            }
            Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
            if (!OWNER.containsAll(found)) {
                advice.add(
                        "%s may be read by others (%s); run: chmod 600 %s"
                                .formatted(file, PosixFilePermissions.toString(found), file));
            }
        } catch (IOException unreadable) {
            advice.add("%s cannot be looked at: %s".formatted(file, unreadable.getMessage()));
        }
    }

    /**
     * Where the masked tree has stars and the written one has none, a secret stands in the file.
     */
    private static void plain(KeyPath at, Node written, Node masked, List<String> advice) {
        if (written instanceof Node.Obj before && masked instanceof Node.Obj after) {
            for (Node.Member member : before.members()) {
                after.get(member.key())
                        .ifPresent(
                                value ->
                                        plain(at.key(member.key()), member.value(), value, advice));
            }
        } else if (written instanceof Node.Arr before && masked instanceof Node.Arr after) {
            int shared = Math.min(before.items().size(), after.items().size());
            for (int i = 0; i < shared; i++) {
                plain(at.index(i), before.items().get(i), after.items().get(i), advice);
            }
        } else if (masked instanceof Node.Text stars && stars.value().equals(Redaction.MASK)) {
            advice.add(
                    at
                            + " holds a secret in plain text; write \"${NAME}\" there and"
                            + " NAME=… into the .env file of the state directory");
        }
    }
}
