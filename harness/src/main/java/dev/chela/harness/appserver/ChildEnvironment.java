package dev.chela.harness.appserver;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The environment of an app-server: Chela's own, with a {@code CODEX_HOME} of the agent's. {@code
 * HOME} is the user's on purpose. Keys go through the sign-in calls and are never inherited.
 */
final class ChildEnvironment {

    private static final Logger log = LoggerFactory.getLogger(ChildEnvironment.class);
    private static final Set<String> KEPT = Set.of("CODEX_HOME", "HOME");
    private static final Set<String> KEYS = Set.of("CODEX_API_KEY", "OPENAI_API_KEY");

    private ChildEnvironment() {}

    static Map<String, String> of(
            Map<String, String> own, Path codexHome, Set<String> clearEnv, ServerCommand command) {
        var child = new LinkedHashMap<>(own);
        KEYS.forEach(child::remove);
        for (String name : clearEnv) {
            if (KEPT.contains(name)) {
                log.warn("appServer.clearEnv names {}; it is ignored", name);
            } else {
                child.remove(name);
            }
        }
        child.put("CODEX_HOME", codexHome.toString());
        command.toolsPath()
                .ifPresent(
                        tools ->
                                child.merge(
                                        "PATH",
                                        tools.toString(),
                                        (path, first) -> first + File.pathSeparator + path));
        return child;
    }
}
