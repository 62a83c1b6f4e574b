package dev.chela.channels.access;

import dev.chela.channels.ButtonPress;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.MessageEdit;
import dev.chela.channels.Quote;
import dev.chela.channels.Reaction;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Judges one event: a pure function of the rules, the approved people and the event's own facts.
 *
 * <p>Groups are judged in the order policy, group, sender, mention, so that a stranger learns
 * nothing from a mention. Approvals by pairing count in direct chats only, and never widen {@link
 * DmPolicy#OPEN}.
 */
public final class AccessPolicy {

    private static final String NOT_ON_LIST = "sender is not on the list";

    /** Nothing that would not be run as the command: it would become a prompt of a stranger. */
    private static final Pattern APPROVE =
            Pattern.compile("\\s*/approve(?=[\\s:])", Pattern.CASE_INSENSITIVE);

    private AccessPolicy() {}

    /**
     * Judges {@code event}.
     *
     * @param approved ids of the people approved by pairing on this channel and account
     */
    public static Verdict judge(AccessRules rules, Set<String> approved, ChannelEvent event) {
        if (event.sender().bot()) {
            Optional<String> reason = botRefusal(rules, event);
            if (reason.isPresent()) {
                return new Verdict.Refused(reason.get());
            }
        }
        Verdict verdict =
                event.conversation().kind() == ChatKind.DIRECT
                        ? direct(rules, approved, event)
                        : group(rules, event);
        return verdict instanceof Verdict.Admitted || !decides(rules, event)
                ? verdict
                : admitted(rules, event.sender().id(), false);
    }

    /** An approver is asked wherever the rules send the prompt, so the answer is heard there. */
    private static boolean decides(AccessRules rules, ChannelEvent event) {
        boolean decision =
                switch (event) {
                    case ButtonPress press -> press.data().startsWith("approval:");
                    case InboundMessage message -> APPROVE.matcher(message.text()).lookingAt();
                    case MessageEdit edit -> false;
                    case Reaction reaction -> false;
                };
        return decision && rules.commands().approvers().names(event.sender().id());
    }

    /** Whether the event speaks to us; what is written in a direct chat always does. */
    public static boolean addressed(AccessRules rules, ChannelEvent event) {
        return (event instanceof InboundMessage && event.conversation().kind() == ChatKind.DIRECT)
                || names(rules, event);
    }

    /**
     * Whether the agent may see these words of somebody around a message of somebody else.
     *
     * @param author the platform's id of who wrote them, where it tells
     * @param quoted whether the message itself brought them
     */
    public static boolean showsContext(
            AccessRules rules, Conversation where, Optional<String> author, boolean quoted) {
        return switch (rules.context()) {
            case ALL -> true;
            case LISTED -> author.filter(id -> isListed(rules, where, id)).isPresent();
            case LISTED_OR_QUOTED ->
                    quoted || author.filter(id -> isListed(rules, where, id)).isPresent();
        };
    }

    private static boolean isListed(AccessRules rules, Conversation where, String id) {
        if (where.kind() == ChatKind.DIRECT) {
            // Whoever it is with was let in, by the list or by pairing.
            return id.equals(where.peer()) || rules.allowFrom().contains(id);
        }
        return named(rules, where)
                .flatMap(GroupRules::allowFrom)
                .orElse(rules.groupAllowFrom())
                .contains(id);
    }

    private static boolean names(AccessRules rules, ChannelEvent event) {
        return switch (event) {
            case InboundMessage message ->
                    message.mentioned()
                            || message.nativeCommand()
                            || message.quote().map(Quote::fromBot).orElse(false)
                            || rules.mentions().foundIn(message.text());
            case ButtonPress press -> true;
            case MessageEdit edit -> false;
            case Reaction reaction -> false;
        };
    }

    private static Optional<String> botRefusal(AccessRules rules, ChannelEvent event) {
        return switch (rules.bots()) {
            case IGNORE -> Optional.of("written by a bot");
            case MENTIONS ->
                    names(rules, event)
                            ? Optional.empty()
                            : Optional.of("written by a bot that did not mention us");
            case ALL -> Optional.empty();
        };
    }

    private static Verdict direct(AccessRules rules, Set<String> approved, ChannelEvent event) {
        String sender = event.sender().id();
        boolean listed = rules.allowFrom().contains(sender);
        return switch (rules.dm()) {
            case DISABLED -> new Verdict.Refused("direct messages are disabled");
            case OPEN -> listed ? admitted(rules, sender, true) : new Verdict.Refused(NOT_ON_LIST);
            case ALLOWLIST ->
                    listed || approved.contains(sender)
                            ? admitted(rules, sender, true)
                            : new Verdict.Refused(NOT_ON_LIST);
            case PAIRING ->
                    listed || approved.contains(sender)
                            ? admitted(rules, sender, true)
                            : stranger(event);
        };
    }

    /** Only a person who writes asks for a code; a bot, a reaction or an edit does not. */
    private static Verdict stranger(ChannelEvent event) {
        return event instanceof InboundMessage && !event.sender().bot()
                ? new Verdict.PairingNeeded()
                : new Verdict.Refused(NOT_ON_LIST);
    }

    private static Verdict group(AccessRules rules, ChannelEvent event) {
        Conversation where = event.conversation();
        String sender = event.sender().id();
        Optional<GroupRules> named = named(rules, where);
        GroupRules here = named.orElseGet(GroupRules::plain);
        GroupPolicy policy = here.policy().orElse(rules.group());
        if (policy == GroupPolicy.DISABLED || rules.group() == GroupPolicy.DISABLED) {
            return new Verdict.Refused("groups are disabled");
        }
        if (!here.enabled()) {
            return new Verdict.Refused("this group is disabled");
        }
        if (rules.group() == GroupPolicy.ALLOWLIST && named.isEmpty()) {
            return new Verdict.Refused("this group is not on the list");
        }
        SenderList people = here.allowFrom().orElse(rules.groupAllowFrom());
        boolean listed = people.contains(sender);
        boolean checked = policy == GroupPolicy.ALLOWLIST || here.allowFrom().isPresent();
        if (checked && !listed) {
            return new Verdict.Refused(NOT_ON_LIST);
        }
        return switch (event) {
            case InboundMessage message ->
                    here.requireMention().orElse(rules.requireMention()) && !addressed(rules, event)
                            ? new Verdict.Context(rules.historyLimit() > 0)
                            : admitted(rules, sender, listed);
            case ButtonPress press -> admitted(rules, sender, listed);
            case MessageEdit edit -> new Verdict.Context(rules.historyLimit() > 0);
            case Reaction reaction -> new Verdict.Context(true);
        };
    }

    private static Optional<GroupRules> named(AccessRules rules, Conversation where) {
        GroupRules exact = rules.groups().get(where.peer());
        GroupRules wide = rules.groups().get("*");
        GroupRules group = exact != null ? exact : wide;
        if (group == null) {
            return Optional.empty();
        }
        GroupRules topic = where.thread().map(id -> group.topics().get(id)).orElse(null);
        return Optional.of(topic == null ? group : topic.over(group));
    }

    private static Verdict admitted(AccessRules rules, String sender, boolean listed) {
        return new Verdict.Admitted(
                rules.commands().isOwner(sender), rules.commands().allows(sender, listed));
    }
}
