package dev.chela.bot.wire;

import dev.chela.bot.route.Agents;
import dev.chela.bot.route.People;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.access.AccessRules;
import dev.chela.channels.access.Approval;
import dev.chela.channels.access.BotPolicy;
import dev.chela.channels.access.CommandRules;
import dev.chela.channels.access.ContextPolicy;
import dev.chela.channels.access.DmPolicy;
import dev.chela.channels.access.GroupPolicy;
import dev.chela.channels.access.GroupRules;
import dev.chela.channels.access.LoopRules;
import dev.chela.channels.access.MentionPatterns;
import dev.chela.channels.access.SenderList;
import dev.chela.config.AgentConfig;
import dev.chela.config.ChannelSettings;
import dev.chela.config.ChelaConfig;
import dev.chela.config.CommandsConfig;
import dev.chela.config.GroupChatConfig;
import dev.chela.config.Live;
import dev.chela.config.TelegramAccount;
import dev.chela.config.TelegramConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The access rules in force for a conversation, from the config and the approved pairings. */
public final class Access {

    /** Channels that only somebody who already has this machine can reach. */
    private static final Set<String> LOCAL = Set.of("web", "terminal");

    private static final int GROUP_HISTORY = 50;
    private static final int PATTERN_LISTS_MAX = 100;

    private final Live<ChelaConfig> config;
    private final Supplier<List<Approval>> approvals;
    private final Agents agents;
    private final Map<List<String>, MentionPatterns> patterns = new ConcurrentHashMap<>();

    /**
     * Rules from {@code config}.
     *
     * @param approvals everybody approved, oldest first: the first is the owner where none is set
     */
    public Access(Live<ChelaConfig> config, Supplier<List<Approval>> approvals) {
        this.config = config;
        this.approvals = approvals;
        this.agents =
                new Agents(
                        () -> config.get().agents(),
                        () -> config.get().bindings(),
                        () -> config.get().channels());
    }

    /** The rules for one conversation now; closed for a channel that is not configured. */
    public AccessRules rules(Conversation place) {
        if (LOCAL.contains(place.channel())) {
            return AccessRules.trusted();
        }
        ChelaConfig now = config.get();
        Optional<TelegramAccount> telegram =
                place.channel().equals("telegram")
                        ? now.channels().telegram().flatMap(all -> account(all, place.account()))
                        : Optional.empty();
        return telegram.map(account -> telegram(now, account, place))
                .orElseGet(AccessRules::closed);
    }

    private static Optional<TelegramAccount> account(TelegramConfig all, String id) {
        return Optional.ofNullable(all.accounts().get(id));
    }

    private AccessRules telegram(ChelaConfig now, TelegramAccount account, Conversation place) {
        Map<String, List<String>> people = People.groups(now, "telegram");
        Map<String, GroupRules> groups = new HashMap<>();
        account.groups().forEach((id, group) -> groups.put(id, group(group, people)));
        ChannelSettings settings = account.settings();
        SenderList written = SenderList.parse("telegram", settings.allowFrom(), people);
        SenderList direct = written.isEverybody() ? written.within(ceiling(now, people)) : written;
        Optional<GroupChatConfig> ofAgent = agent(now, place).flatMap(AgentConfig::groupChat);
        return AccessRules.builder()
                .dm(dm(settings.dmPolicy()), direct)
                .groups(
                        group(settings.groupPolicy()),
                        settings.groupAllowFrom()
                                .map(list -> SenderList.parse("telegram", list, people))
                                .orElse(direct),
                        groups)
                .bots(bots(settings.allowBots()), loops(settings.botLoopProtection()))
                .mentions(
                        mentionsCount(settings.mentionPatterns(), place)
                                ? compiled(
                                        ofAgent.flatMap(GroupChatConfig::mentionPatterns)
                                                .or(now.messages().groupChat()::mentionPatterns)
                                                .orElse(List.of()))
                                : MentionPatterns.none())
                .commands(
                        commands(
                                        now,
                                        "telegram",
                                        people,
                                        settings.commands().enforceOwnerForCommands().orElse(false))
                                .withApprovers(
                                        People.approvers(
                                                now, "telegram", settings.execApprovals())))
                .context(history(now, account, ofAgent), context(settings.contextVisibility()))
                .build();
    }

    private static int history(
            ChelaConfig now, TelegramAccount account, Optional<GroupChatConfig> ofAgent) {
        return switch (account.includeGroupHistoryContext()) {
            case OFF -> 0;
            case RECENT, MENTIONED ->
                    account.settings()
                            .historyLimit()
                            .or(() -> ofAgent.flatMap(GroupChatConfig::historyLimit))
                            .or(now.messages().groupChat()::historyLimit)
                            .orElse(GROUP_HISTORY);
        };
    }

    private Optional<AgentConfig> agent(ChelaConfig now, Conversation place) {
        if (place.kind() == ChatKind.DIRECT) {
            return Optional.empty();
        }
        String id = agents.ofGroup(place);
        return now.agents().list().stream().filter(agent -> agent.id().equals(id)).findFirst();
    }

    /** Whether the operator's words for us count in this chat; a topic may be listed by itself. */
    private static boolean mentionsCount(
            ChannelSettings.MentionPatterns scope, Conversation place) {
        List<String> names = new ArrayList<>(List.of(place.peer()));
        place.thread().ifPresent(topic -> names.add(place.peer() + ":topic:" + topic));
        if (scope.denyIn().stream().anyMatch(names::contains)) {
            return false;
        }
        return scope.mode() == ChannelSettings.PatternMode.ALLOW
                || scope.allowIn().stream().anyMatch(names::contains);
    }

    /** Compiled once: every message asks. */
    private MentionPatterns compiled(List<String> expressions) {
        if (patterns.size() > PATTERN_LISTS_MAX) {
            patterns.clear();
        }
        return patterns.computeIfAbsent(expressions, MentionPatterns::compile);
    }

    private static LoopRules loops(ChannelSettings.LoopProtection written) {
        return new LoopRules(
                written.enabled(),
                written.maxEventsPerWindow(),
                written.window(),
                written.cooldown());
    }

    private static ContextPolicy context(ChannelSettings.ContextVisibility written) {
        return switch (written) {
            case ALL -> ContextPolicy.ALL;
            case ALLOWLIST -> ContextPolicy.LISTED;
            case ALLOWLIST_QUOTE -> ContextPolicy.LISTED_OR_QUOTED;
        };
    }

    /** A channel's list that names people is a ceiling: an account's {@code *} does not open it. */
    private static SenderList ceiling(ChelaConfig now, Map<String, List<String>> people) {
        SenderList ofChannel =
                now.channels()
                        .telegram()
                        .map(TelegramConfig::base)
                        .map(base -> base.settings().allowFrom())
                        .map(list -> SenderList.parse("telegram", list, people))
                        .orElseGet(SenderList::everybody);
        return ofChannel.isEmpty() ? SenderList.everybody() : ofChannel;
    }

    private CommandRules commands(
            ChelaConfig now, String channel, Map<String, List<String>> people, boolean strict) {
        CommandsConfig commands = now.commands();
        Optional<SenderList> only =
                commands.allowFrom()
                        .map(
                                lists ->
                                        Optional.ofNullable(lists.get(channel))
                                                .or(() -> Optional.ofNullable(lists.get("*")))
                                                .orElse(List.of()))
                        .map(list -> SenderList.parse(channel, list, people));
        return new CommandRules(
                only, commands.useAccessGroups(), owners(commands, channel), strict);
    }

    private SenderList owners(CommandsConfig commands, String channel) {
        if (!commands.ownerAllowFrom().isEmpty()) {
            return SenderList.parse(channel, commands.ownerAllowFrom(), Map.of());
        }
        return approvals.get().stream()
                .findFirst()
                .filter(first -> first.channel().equals(channel))
                .map(first -> SenderList.parse(channel, List.of(first.person()), Map.of()))
                .orElseGet(SenderList::none);
    }

    private static GroupRules group(TelegramAccount.Group group, Map<String, List<String>> people) {
        Map<String, GroupRules> topics = new HashMap<>();
        group.topics()
                .forEach(
                        (id, topic) ->
                                topics.put(
                                        id,
                                        new GroupRules(
                                                topic.enabled().orElse(true),
                                                topic.groupPolicy().map(Access::group),
                                                list(topic.allowFrom(), people),
                                                topic.requireMention(),
                                                Map.of())));
        return new GroupRules(
                group.enabled().orElse(true),
                group.groupPolicy().map(Access::group),
                list(group.allowFrom(), people),
                group.requireMention(),
                topics);
    }

    private static Optional<SenderList> list(
            Optional<List<String>> written, Map<String, List<String>> people) {
        return written.map(list -> SenderList.parse("telegram", list, people));
    }

    private static DmPolicy dm(dev.chela.config.DmPolicy written) {
        return switch (written) {
            case PAIRING -> DmPolicy.PAIRING;
            case ALLOWLIST -> DmPolicy.ALLOWLIST;
            case OPEN -> DmPolicy.OPEN;
            case DISABLED -> DmPolicy.DISABLED;
        };
    }

    private static GroupPolicy group(dev.chela.config.GroupPolicy written) {
        return switch (written) {
            case ALLOWLIST -> GroupPolicy.ALLOWLIST;
            case OPEN -> GroupPolicy.OPEN;
            case DISABLED -> GroupPolicy.DISABLED;
        };
    }

    private static BotPolicy bots(ChannelSettings.AllowBots written) {
        return switch (written) {
            case NO -> BotPolicy.IGNORE;
            case MENTIONS -> BotPolicy.MENTIONS;
            case YES -> BotPolicy.ALL;
        };
    }
}
