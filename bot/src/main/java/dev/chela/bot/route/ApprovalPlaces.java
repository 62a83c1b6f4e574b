package dev.chela.bot.route;

import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.config.ApprovalsConfig;
import dev.chela.config.ApprovalsConfig.Forward;
import dev.chela.config.ApprovalsConfig.Mode;
import dev.chela.config.ChannelSettings.ApprovalTarget;
import dev.chela.config.ChannelSettings.ExecApprovals;
import dev.chela.config.Live;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.ApprovalRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Where a prompt goes (harness §9): what runs on this machine to the approvers' own chats where
 * there are any, everything else to the chat it came from; and to the chats that the config
 * forwards to.
 */
final class ApprovalPlaces {

    /** Where the id of a person is the id of the chat with them. */
    private static final Set<String> WRITES_TO_PEOPLE = Set.of("telegram");

    private final Appointed appointed;
    private final Live<ApprovalsConfig> forwards;

    ApprovalPlaces(Appointed appointed, Live<ApprovalsConfig> forwards) {
        this.appointed = appointed;
        this.forwards = forwards;
    }

    /** The chats that see the prompt, in order; none if there is nobody to ask. */
    List<Conversation> of(Approval approval) {
        ApprovalRequest request = approval.request();
        Optional<Conversation> origin = Places.conversation(request.source());
        return switch (request.kind()) {
            case COMMAND, FILE_CHANGE, PERMISSIONS ->
                    forwarded(request, forwards.get().exec(), ofExec(request, origin));
            case MCP_TOOL ->
                    forwarded(
                            request,
                            forwards.get().plugin(),
                            origin.map(place -> whereItCameFrom(request, place)).orElse(List.of()));
            case CHAT_COMMAND, QUESTION -> origin.stream().toList();
        };
    }

    private List<Conversation> ofExec(ApprovalRequest request, Optional<Conversation> origin) {
        if (origin.isEmpty()) {
            return List.of();
        }
        List<Conversation> own = ownChats(request, origin.get());
        if (own.isEmpty() || decidesThere(request.source())) {
            return whereItCameFrom(request, origin.get());
        }
        ApprovalTarget target =
                appointed
                        .execApprovals(origin.get())
                        .map(ExecApprovals::target)
                        .orElse(ApprovalTarget.CHANNEL);
        return switch (target) {
            case DM -> own;
            case CHANNEL -> List.of(origin.get());
            case BOTH -> {
                List<Conversation> both = new ArrayList<>(own);
                both.add(origin.get());
                yield both;
            }
        };
    }

    /** Somebody alone with the bot who may not decide would see what nobody there may answer. */
    private List<Conversation> whereItCameFrom(ApprovalRequest request, Conversation origin) {
        boolean helpless =
                request.source().kind() == Source.Kind.DIRECT
                        && !decidesThere(request.source())
                        && WRITES_TO_PEOPLE.contains(origin.channel());
        if (!helpless) {
            return List.of(origin);
        }
        List<Conversation> own = ownChats(request, origin);
        List<Conversation> deciders =
                own.isEmpty() ? chats(appointed.lastResort(origin), origin) : own;
        return deciders.isEmpty() ? List.of(origin) : deciders;
    }

    /** Whoever asked alone with the bot and may decide is asked there, and nobody else is. */
    private boolean decidesThere(Source source) {
        return source.kind() == Source.Kind.DIRECT
                && (source.owner() || appointed.isApprover(source));
    }

    private List<Conversation> ownChats(ApprovalRequest request, Conversation origin) {
        boolean wanted =
                WRITES_TO_PEOPLE.contains(origin.channel())
                        && appointed.execApprovals(origin).stream()
                                .anyMatch(
                                        settings ->
                                                fits(
                                                        request.session(),
                                                        settings.agentFilter(),
                                                        settings.sessionFilter()));
        return wanted ? chats(appointed.asked(origin), origin) : List.of();
    }

    private static List<Conversation> chats(List<String> people, Conversation origin) {
        return people.stream()
                .map(
                        person ->
                                new Conversation(
                                        origin.channel(),
                                        origin.account(),
                                        ChatKind.DIRECT,
                                        person,
                                        Optional.empty()))
                .toList();
    }

    private static List<Conversation> forwarded(
            ApprovalRequest request, Optional<Forward> config, List<Conversation> usual) {
        Optional<Forward> forward =
                config.filter(Forward::enabled)
                        .filter(
                                found ->
                                        fits(
                                                request.session(),
                                                found.agentFilter(),
                                                found.sessionFilter()));
        if (forward.isEmpty() || forward.get().mode() == Mode.SESSION) {
            return usual;
        }
        SequencedSet<Conversation> places = new LinkedHashSet<>();
        if (forward.get().mode() == Mode.BOTH) {
            places.addAll(usual);
        }
        forward.get().targets().stream().map(ApprovalPlaces::target).forEach(places::add);
        return places.isEmpty() ? usual : List.copyOf(places);
    }

    private static Conversation target(ApprovalsConfig.Target target) {
        return new Conversation(
                target.channel(),
                target.accountId().orElse("default"),
                kind(target),
                target.to(),
                target.threadId());
    }

    private static ChatKind kind(ApprovalsConfig.Target target) {
        if (!WRITES_TO_PEOPLE.contains(target.channel())) {
            return ChatKind.CHANNEL;
        }
        return target.to().startsWith("-") ? ChatKind.GROUP : ChatKind.DIRECT;
    }

    private static boolean fits(SessionKey session, List<String> agents, List<String> sessions) {
        String[] parts = session.value().split(":", 3);
        String agent = parts.length > 1 ? parts[1] : "";
        return (agents.isEmpty() || agents.contains(agent))
                && (sessions.isEmpty()
                        || sessions.stream().anyMatch(filter -> found(filter, session.value())));
    }

    private static boolean found(String filter, String text) {
        if (text.contains(filter)) {
            return true;
        }
        try {
            return Pattern.compile(filter).matcher(text).find();
        } catch (PatternSyntaxException plainWords) {
            return false;
        }
    }
}
