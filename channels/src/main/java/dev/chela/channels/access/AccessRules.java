package dev.chela.channels.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The access configuration of one account on one channel, with all inheritance resolved: a snapshot
 * that one batch of events is judged by.
 *
 * @param allowFrom people on the direct list; approvals are added by the policy
 * @param groupAllowFrom people who may talk in groups
 * @param groups the named groups by peer id, {@code *} for all others
 * @param requireMention whether groups that say nothing about it need a mention
 * @param historyLimit how many unmentioned messages the next turn may see; 0 keeps none
 */
public record AccessRules(
        DmPolicy dm,
        SenderList allowFrom,
        GroupPolicy group,
        SenderList groupAllowFrom,
        Map<String, GroupRules> groups,
        boolean requireMention,
        BotPolicy bots,
        MentionPatterns mentions,
        CommandRules commands,
        int historyLimit) {

    public AccessRules {
        groups = Map.copyOf(groups);
    }

    /** What holds when nothing is configured: pairing, no groups, no bots. */
    public static AccessRules closed() {
        return new AccessRules(
                DmPolicy.PAIRING,
                SenderList.none(),
                GroupPolicy.ALLOWLIST,
                SenderList.none(),
                Map.of(),
                true,
                BotPolicy.IGNORE,
                MentionPatterns.none(),
                CommandRules.standard(),
                50);
    }

    /** Everybody who gets through is the owner: the local web chat, which has its own sign-in. */
    public static AccessRules trusted() {
        return closed().withDm(DmPolicy.OPEN, SenderList.everybody())
                .withCommands(
                        new CommandRules(Optional.empty(), true, SenderList.everybody(), false));
    }

    public AccessRules withDm(DmPolicy policy, SenderList people) {
        return new AccessRules(
                policy,
                people,
                group,
                groupAllowFrom,
                groups,
                requireMention,
                bots,
                mentions,
                commands,
                historyLimit);
    }

    public AccessRules withGroups(
            GroupPolicy policy, SenderList people, Map<String, GroupRules> named) {
        return new AccessRules(
                dm,
                allowFrom,
                policy,
                people,
                named,
                requireMention,
                bots,
                mentions,
                commands,
                historyLimit);
    }

    /** A session's own {@code /activation} goes before what groups are set to. */
    public AccessRules withRequireMention(boolean required) {
        return withGroups(group, groupAllowFrom, mentionLeftOpen(groups))
                .withDefaultMention(required);
    }

    AccessRules withDefaultMention(boolean required) {
        return new AccessRules(
                dm,
                allowFrom,
                group,
                groupAllowFrom,
                groups,
                required,
                bots,
                mentions,
                commands,
                historyLimit);
    }

    public AccessRules withBots(BotPolicy policy) {
        return new AccessRules(
                dm,
                allowFrom,
                group,
                groupAllowFrom,
                groups,
                requireMention,
                policy,
                mentions,
                commands,
                historyLimit);
    }

    public AccessRules withMentions(MentionPatterns patterns) {
        return new AccessRules(
                dm,
                allowFrom,
                group,
                groupAllowFrom,
                groups,
                requireMention,
                bots,
                patterns,
                commands,
                historyLimit);
    }

    public AccessRules withCommands(CommandRules rules) {
        return new AccessRules(
                dm,
                allowFrom,
                group,
                groupAllowFrom,
                groups,
                requireMention,
                bots,
                mentions,
                rules,
                historyLimit);
    }

    public AccessRules withHistoryLimit(int limit) {
        return new AccessRules(
                dm,
                allowFrom,
                group,
                groupAllowFrom,
                groups,
                requireMention,
                bots,
                mentions,
                commands,
                limit);
    }

    private static Map<String, GroupRules> mentionLeftOpen(Map<String, GroupRules> written) {
        Map<String, GroupRules> open = new HashMap<>();
        written.forEach(
                (key, rules) ->
                        open.put(
                                key,
                                new GroupRules(
                                        rules.enabled(),
                                        rules.policy(),
                                        rules.allowFrom(),
                                        Optional.empty(),
                                        mentionLeftOpen(rules.topics()))));
        return open;
    }
}
