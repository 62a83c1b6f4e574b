package dev.chela.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which sign-in is tried first, by provider. */
public record AuthConfig(Map<String, List<String>> order, Map<String, Profile> profiles) {

    /** A named sign-in; its secret lives in the state directory. */
    public record Profile(
            Optional<String> provider, Optional<String> mode, Optional<String> email) {}
}
