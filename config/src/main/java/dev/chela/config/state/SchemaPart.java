package dev.chela.config.state;

import java.util.List;

/**
 * The migrations of one module, in order: absolute class path resources named {@code
 * V<number>__<what>.sql}. Each module has one history; numbers are unique within it.
 */
public record SchemaPart(String module, List<String> resources) {

    public SchemaPart {
        resources = List.copyOf(resources);
    }
}
