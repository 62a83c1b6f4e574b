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
 * @param context whose words around a message the next turn may see
 */
public record AccessRules(
        DmPolicy dm,
        SenderList allowFrom,
        GroupPolicy group,
        SenderList groupAllowFrom,
        Map<String, GroupRules> groups,
        boolean requireMention,
        BotPolicy bots,
        LoopRules loops,
        MentionPatterns mentions,
        CommandRules commands,
        int historyLimit,
        ContextPolicy context) {

    public AccessRules {
        groups = Map.copyOf(groups);
    }

    /** What holds when nothing is configured: pairing, no groups, no bots. */
    public static AccessRules closed() {
        return new Builder().build();
    }

    /** Everybody who gets through is the owner: the local web chat, which has its own sign-in. */
    public static AccessRules trusted() {
        return new Builder()
                .dm(DmPolicy.OPEN, SenderList.everybody())
                .commands(new CommandRules(Optional.empty(), true, SenderList.everybody(), false))
                .build();
    }

    /** Begins with what holds when nothing is configured. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins with these rules. */
    public Builder but() {
        return new Builder(this);
    }

    /** A session's own {@code /activation} goes before what groups are set to. */
    public AccessRules withRequireMention(boolean required) {
        Builder changed = new Builder(this);
        changed.groups = mentionLeftOpen(groups);
        changed.requireMention = required;
        return changed.build();
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

    /** Rules in the making; what is not said stays closed. */
    public static final class Builder {

        private DmPolicy dm = DmPolicy.PAIRING;
        private SenderList allowFrom = SenderList.none();
        private GroupPolicy group = GroupPolicy.ALLOWLIST;
        private SenderList groupAllowFrom = SenderList.none();
        private Map<String, GroupRules> groups = Map.of();
        private boolean requireMention = true;
        private BotPolicy bots = BotPolicy.IGNORE;
        private LoopRules loops = LoopRules.standard();
        private MentionPatterns mentions = MentionPatterns.none();
        private CommandRules commands = CommandRules.standard();
        private int historyLimit = 50;
        private ContextPolicy context = ContextPolicy.ALL;

        private Builder() {}

        private Builder(AccessRules rules) {
            dm = rules.dm;
            allowFrom = rules.allowFrom;
            group = rules.group;
            groupAllowFrom = rules.groupAllowFrom;
            groups = rules.groups;
            requireMention = rules.requireMention;
            bots = rules.bots;
            loops = rules.loops;
            mentions = rules.mentions;
            commands = rules.commands;
            historyLimit = rules.historyLimit;
            context = rules.context;
        }

        public Builder dm(DmPolicy policy, SenderList people) {
            dm = policy;
            allowFrom = people;
            return this;
        }

        public Builder groups(
                GroupPolicy policy, SenderList people, Map<String, GroupRules> named) {
            group = policy;
            groupAllowFrom = people;
            groups = named;
            return this;
        }

        public Builder bots(BotPolicy policy, LoopRules loopRules) {
            bots = policy;
            loops = loopRules;
            return this;
        }

        public Builder mentions(MentionPatterns patterns) {
            mentions = patterns;
            return this;
        }

        public Builder commands(CommandRules rules) {
            commands = rules;
            return this;
        }

        public Builder context(int limit, ContextPolicy policy) {
            historyLimit = limit;
            context = policy;
            return this;
        }

        public AccessRules build() {
            return new AccessRules(
                    dm,
                    allowFrom,
                    group,
                    groupAllowFrom,
                    groups,
                    requireMention,
                    bots,
                    loops,
                    mentions,
                    commands,
                    historyLimit,
                    context);
        }
    }
}
