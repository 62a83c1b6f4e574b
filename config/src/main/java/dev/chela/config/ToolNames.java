package dev.chela.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of tools as an operator writes them, in any case: {@code exec} and {@code bash} are Codex's
 * shell, {@code apply_patch}, {@code apply-patch}, {@code edit} and {@code write} its patches, any
 * other tool has its own name. {@code *} stands for any part of a name.
 */
public record ToolNames(List<String> written) {

    private static final Map<String, Set<String>> OF_CODEX =
            Map.of(
                    "bash", Set.of("exec", "bash"),
                    "apply_patch", Set.of("apply_patch", "apply-patch", "edit", "write"));

    /** What the bot itself leaves out where everybody is denied it. */
    private static final Set<String> OWN = Set.of("message");

    public ToolNames {
        written = written.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    }

    /**
     * What Codex has to ask about before it runs it: all that is denied to everybody but the bot's
     * own tools, which are not offered then, and all that is denied to the agent.
     */
    public static ToolNames ofCodex(ToolsConfig general, Optional<ToolsConfig> ofAgent) {
        List<String> names = new ArrayList<>(general.deny());
        names.removeIf(name -> OWN.contains(name.strip().toLowerCase(Locale.ROOT)));
        ofAgent.map(ToolsConfig::deny).ifPresent(names::addAll);
        return new ToolNames(names);
    }

    public boolean isEmpty() {
        return written.isEmpty();
    }

    /**
     * Whether one of them names the tool.
     *
     * @param tool as Codex calls it
     */
    public boolean have(String tool) {
        String lower = tool.toLowerCase(Locale.ROOT);
        Set<String> names = OF_CODEX.getOrDefault(lower, Set.of(lower));
        return written.stream().anyMatch(one -> names.stream().anyMatch(n -> matches(one, n)));
    }

    private static boolean matches(String written, String name) {
        if (!written.contains("*")) {
            return written.equals(name);
        }
        StringBuilder pattern = new StringBuilder();
        for (String part : written.split("\\*", -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return name.matches(pattern.toString());
    }
}
