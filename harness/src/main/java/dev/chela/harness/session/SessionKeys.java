package dev.chela.harness.session;

import dev.chela.config.SessionConfig;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which session a conversation belongs to (sessions-and-routing §1.1). Pure. */
public final class SessionKeys {

    /** Platforms whose ids mean the same in either case. */
    private static final Set<String> CASELESS = Set.of("telegram", "discord", "slack");

    private static final Set<String> THREADS = Set.of("thread", "topic");
    private static final Set<String> ROOMS = Set.of("group", "channel");

    /** Stands where other keys name a channel; no channel is called so. */
    private static final String CLAIM = "bound";

    private SessionKeys() {}

    /**
     * The facts a key is made of.
     *
     * @param peer who or what is spoken with: the person in a direct chat, else the group or
     *     channel
     * @param thread the thread or forum topic within it
     */
    public record Place(
            String agent,
            String channel,
            String account,
            Source.Kind kind,
            String peer,
            Optional<String> thread) {}

    /** The key of {@code place}. */
    public static SessionKey of(SessionConfig config, Place place) {
        if (config.scope() == SessionConfig.Scope.GLOBAL) {
            return new SessionKey("global");
        }
        String agent = "agent:" + name(place.agent());
        String channel = agent + ":" + name(place.channel());
        return switch (place.kind()) {
            case DIRECT -> threaded(direct(config, place, agent, channel), place);
            case GROUP -> threaded(channel + ":group:" + id(place.channel(), place.peer()), place);
            case CHANNEL ->
                    threaded(channel + ":channel:" + id(place.channel(), place.peer()), place);
            case INTERNAL -> new SessionKey(agent + ":main");
        };
    }

    /** The key under which a native slash command of {@code user} is booked. */
    public static SessionKey ofSlashCommand(String agent, String channel, String user) {
        return new SessionKey(
                "agent:%s:%s:slash:%s".formatted(name(agent), name(channel), id(channel, user)));
    }

    /** Whether the session is a thread's or a forum topic's. */
    static boolean isThread(SessionKey session) {
        String[] parts = session.value().split(":", -1);
        return parts.length > 4 && THREADS.contains(parts[parts.length - 2]);
    }

    /** Whether a group, channel, thread or topic on a platform points at the session. */
    static boolean isShared(SessionKey session) {
        String[] parts = session.value().split(":", -1);
        int kind = isClaim(session) ? 5 : 3;
        return isThread(session) || parts.length > kind + 1 && ROOMS.contains(parts[kind]);
    }

    /**
     * The session a conversation has while it is claimed: one of its own, so that a claim touches
     * nobody who shares the usual one.
     *
     * @param conversation its token
     */
    public static SessionKey ofClaim(String agent, String conversation) {
        return new SessionKey("agent:%s:%s:%s".formatted(name(agent), CLAIM, conversation));
    }

    /** Whether this is the session of a claimed conversation. */
    public static boolean isClaim(SessionKey session) {
        String[] parts = session.value().split(":", 4);
        return parts.length == 4 && parts[0].equals("agent") && parts[2].equals(CLAIM);
    }

    private static String direct(SessionConfig config, Place place, String agent, String channel) {
        String peer = linked(config.identityLinks(), place);
        return switch (config.dmScope()) {
            case MAIN -> agent + ":main";
            case PER_PEER -> agent + ":direct:" + peer;
            case PER_CHANNEL_PEER -> channel + ":direct:" + peer;
            case PER_ACCOUNT_CHANNEL_PEER ->
                    channel + ":" + name(place.account()) + ":direct:" + peer;
        };
    }

    /** The person's one name, if the operator linked this id to one. */
    private static String linked(Map<String, List<String>> links, Place place) {
        String wanted = name(place.channel()) + ":" + id(place.channel(), place.peer());
        return links.entrySet().stream()
                .filter(link -> link.getValue().stream().anyMatch(one -> same(one, place, wanted)))
                .map(link -> name(link.getKey()))
                .sorted()
                .findFirst()
                .orElseGet(() -> id(place.channel(), place.peer()));
    }

    private static boolean same(String linked, Place place, String wanted) {
        int colon = linked.indexOf(':');
        return colon > 0
                && (name(linked.substring(0, colon))
                                + ":"
                                + id(place.channel(), linked.substring(colon + 1)))
                        .equals(wanted);
    }

    private static SessionKey threaded(String base, Place place) {
        boolean topic =
                place.kind() == Source.Kind.GROUP && name(place.channel()).equals("telegram");
        return new SessionKey(
                place.thread()
                        .map(thread -> base + (topic ? ":topic:" : ":thread:") + escaped(thread))
                        .orElse(base));
    }

    private static String id(String channel, String id) {
        return CASELESS.contains(name(channel)) ? name(id) : escaped(id);
    }

    private static String name(String name) {
        return escaped(name.toLowerCase(Locale.ROOT));
    }

    /** A colon inside an id would let one conversation spell another's key. */
    private static String escaped(String id) {
        return id.replace("%", "%25").replace(":", "%3a");
    }
}
