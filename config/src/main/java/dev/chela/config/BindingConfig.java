package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Spelled;
import java.util.List;
import java.util.Optional;

/** Which agent answers where: every given field of {@code match} must fit. */
public record BindingConfig(
        @Default("'route'") Type type, String agentId, Optional<String> comment, Match match) {

    /** {@code acp} bindings are not supported. */
    public enum Type {
        ROUTE
    }

    /** A place. */
    public record Match(
            String channel,
            Optional<String> accountId,
            Optional<Peer> peer,
            Optional<Peer> parentPeer,
            Optional<String> guildId,
            List<String> roles,
            Optional<String> teamId) {}

    /** A person, group or channel on the platform. */
    public record Peer(PeerKind kind, String id) {}

    /** What a peer is. */
    public enum PeerKind {
        @Spelled({"direct", "dm"})
        DIRECT,
        GROUP,
        CHANNEL
    }
}
