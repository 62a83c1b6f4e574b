package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people may command, and who.
 *
 * @param allowFrom who may command, by channel or {@code *}; if present, the only source
 */
public record CommandsConfig(
        @Key("native") @Default("'auto'") AutoSwitch nativeMenu,
        @Default("'auto'") AutoSwitch nativeSkills,
        @Default("true") boolean text,
        boolean bash,
        boolean config,
        boolean mcp,
        boolean plugins,
        boolean debug,
        @Default("true") boolean restart,
        List<String> ownerAllowFrom,
        Optional<Map<String, List<String>>> allowFrom,
        @Default("true") boolean useAccessGroups,
        @Default("'raw'") OwnerDisplay ownerDisplay) {

    /** How owners' ids are shown to the model. */
    public enum OwnerDisplay {
        RAW,
        HASH
    }
}
