package dev.chela.harness.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.harness.AgentTool;
import dev.chela.harness.ToolSpec;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tools there are. One whose name or schema Codex would not take is left out with a log line;
 * the others stay.
 */
public final class ToolRegistry {

    /** The namespace that prompts and skills know Chela's tools by. */
    public static final String NAMESPACE = "openclaw";

    private static final Logger LOG = LoggerFactory.getLogger(ToolRegistry.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final Set<String> ALWAYS_DIRECT = Set.of("message", "sessions_yield");

    /** Codex has its own of these; a second one would confuse the model. */
    private static final Set<String> NEVER_OFFERED =
            Set.of(
                    "read",
                    "write",
                    "edit",
                    "apply_patch",
                    "exec",
                    "process",
                    "update_plan",
                    "tool_call",
                    "tool_describe",
                    "tool_search",
                    "tool_search_code");

    private static final Map<String, String> ALIASES =
            Map.of("bash", "exec", "apply-patch", "apply_patch");

    private final SortedMap<String, Entry> entries = new TreeMap<>();
    private final String fingerprint;

    /**
     * @param excluded names the operator left out, in any case
     */
    public ToolRegistry(Collection<? extends AgentTool> tools, Collection<String> excluded) {
        Set<String> out =
                excluded.stream().map(ToolRegistry::canonical).collect(Collectors.toSet());
        for (AgentTool tool : tools) {
            ToolSpec spec = tool.spec();
            String name = canonical(spec.name());
            if (!NEVER_OFFERED.contains(name) && !out.contains(name)) {
                add(tool, spec);
            }
        }
        fingerprint =
                Fingerprint.of(
                        entries.values().stream()
                                .map(
                                        entry ->
                                                entry.spec().name()
                                                        + "\n"
                                                        + Fingerprint.shape(entry.schema()))
                                .toList());
    }

    public ToolRegistry(Collection<? extends AgentTool> tools) {
        this(tools, List.of());
    }

    /** The tool of that name, as the model spelled it. */
    public Optional<AgentTool> find(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::tool);
    }

    /** All tools, by name. */
    public List<OfferedTool> offered(ToolLoading loading) {
        return entries.values().stream().map(entry -> entry.offered(loading)).toList();
    }

    /** The names that the model has to search for. */
    public List<String> deferred(ToolLoading loading) {
        return offered(loading).stream()
                .filter(OfferedTool::deferLoading)
                .map(OfferedTool::name)
                .toList();
    }

    /**
     * Names the set of tools: the same for the same names and schemas in whatever order, with
     * whatever descriptions.
     */
    public String fingerprint() {
        return fingerprint;
    }

    private void add(AgentTool tool, ToolSpec spec) {
        Optional<JsonNode> schema = schema(spec);
        if (!NAME.matcher(spec.name()).matches() || schema.isEmpty()) {
            LOG.warn(
                    "tool left out: name={} reason={}",
                    spec.name(),
                    schema.isEmpty() ? "its schema is no JSON object schema" : "bad name");
        } else if (entries.putIfAbsent(spec.name(), new Entry(tool, spec, schema.get())) != null) {
            LOG.warn("tool left out: name={} reason=another has the same name", spec.name());
        }
    }

    private static Optional<JsonNode> schema(ToolSpec spec) {
        try {
            return Optional.of(MAPPER.readTree(spec.inputSchema()))
                    .filter(JsonNode::isObject)
                    .filter(node -> "object".equals(node.path("type").asText()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ALIASES.getOrDefault(lower, lower);
    }

    private record Entry(AgentTool tool, ToolSpec spec, JsonNode schema) {

        OfferedTool offered(ToolLoading loading) {
            boolean direct =
                    loading == ToolLoading.DIRECT
                            || spec.direct()
                            || ALWAYS_DIRECT.contains(spec.name());
            return new OfferedTool(spec.name(), spec.description(), schema, NAMESPACE, !direct);
        }
    }
}
