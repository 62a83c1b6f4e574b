package dev.chela.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    public ToolNames {
        written = written.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
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
