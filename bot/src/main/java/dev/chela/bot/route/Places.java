package dev.chela.bot.route;

import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.Sender;
import dev.chela.config.Live;
import dev.chela.config.SessionConfig;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.session.Claim;
import dev.chela.harness.session.Claims;
import dev.chela.harness.session.SessionKeys;
import java.util.Optional;

/** Turns a conversation into what the harness knows of it, and back. */
final class Places {

    private final Live<SessionConfig> config;
    private final Agents agents;
    private final Claims claims;

    Places(Live<SessionConfig> config, Agents agents, Claims claims) {
        this.config = config;
        this.agents = agents;
        this.claims = claims;
    }

    /** The session that is spoken with here: its own while the conversation is bound. */
    SessionKey session(Conversation place, Sender sender) {
        return claims.of(place.token())
                .filter(Claim::isBound)
                .map(Claim::session)
                .orElseGet(() -> usual(place, sender));
    }

    private SessionKey usual(Conversation place, Sender sender) {
        boolean direct = place.kind() == ChatKind.DIRECT;
        return SessionKeys.of(
                config.get(),
                new SessionKeys.Place(
                        agents.of(place, sender),
                        place.channel(),
                        place.account(),
                        kind(place.kind()),
                        direct ? sender.id() : place.peer(),
                        place.thread()));
    }

    static Source source(Conversation place, Sender sender, boolean owner) {
        return new Source(
                place.token(),
                kind(place.kind()),
                place.channel(),
                sender.id(),
                sender.name(),
                owner);
    }

    /** The place a source was made from; empty for what has no sender, a beat or a job. */
    static Optional<Conversation> conversation(Source source) {
        return source.token().isEmpty()
                ? Optional.empty()
                : Optional.of(Conversation.parse(source.token()));
    }

    private static Source.Kind kind(ChatKind kind) {
        return switch (kind) {
            case DIRECT -> Source.Kind.DIRECT;
            case GROUP -> Source.Kind.GROUP;
            case CHANNEL -> Source.Kind.CHANNEL;
        };
    }
}
