package dev.chela.config.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot of the environment's variables. A {@code CHELA_*} variable that is unset is looked up
 * under its {@code OPENCLAW_*} name; empty counts as unset.
 */
public final class Environment {

    private static final String OURS = "CHELA_";
    private static final String REFERENCE = "OPENCLAW_";

    private final Map<String, String> variables;

    private Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    public static Environment of(Map<String, String> variables) {
        return new Environment(variables);
    }

    /** The environment of this process. */
    public static Environment system() {
        return new Environment(System.getenv());
    }

    public Optional<String> get(String name) {
        Optional<String> found = nonEmpty(name);
        return found.isEmpty() && name.startsWith(OURS)
                ? nonEmpty(REFERENCE + name.substring(OURS.length()))
                : found;
    }

    private Optional<String> nonEmpty(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** This environment with those of {@code more} that are not set in it. */
    public Environment filledWith(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        more.forEach(
                (name, value) -> {
                    if (get(name).isEmpty()) {
                        all.put(name, value);
                    }
                });
        return new Environment(all);
    }

    /** Every variable, for a child process. */
    public Map<String, String> asMap() {
        return variables;
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "Environment[" + variables.size() + " variables]";
    }
}
