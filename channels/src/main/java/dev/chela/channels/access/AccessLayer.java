package dev.chela.channels.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator wrote about access at one level: the defaults of all channels, one channel, or
 * one account. {@link #resolve} lays them over each other.
 */
public record AccessLayer(
        Optional<DmPolicy> dmPolicy,
        Optional<List<String>> allowFrom,
        Optional<GroupPolicy> groupPolicy,
        Optional<List<String>> groupAllowFrom,
        Optional<Map<String, GroupRules>> groups,
        Optional<Boolean> requireMention,
        Optional<BotPolicy> allowBots,
        Optional<Integer> historyLimit) {

    /** A level at which nothing was written. */
    public static AccessLayer empty() {
        return new AccessLayer(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The rules of an account. The account's word goes before the channel's, the channel's before
     * the defaults'; one account never inherits another's. A channel list that names people is a
     * ceiling: an account's {@code *} does not open it.
     *
     * @param accessGroups static senders of the access groups, by name
     */
    public static AccessRules resolve(
            String channel,
            AccessLayer defaults,
            AccessLayer ofChannel,
            AccessLayer ofAccount,
            Map<String, List<String>> accessGroups) {
        AccessLayer all = ofAccount.over(ofChannel.over(defaults));
        SenderList people = list(channel, all.allowFrom, accessGroups);
        SenderList ceiling = list(channel, ofChannel.allowFrom, accessGroups);
        if (people.isEverybody() && !ceiling.isEmpty()) {
            people = people.within(ceiling);
        }
        SenderList inGroups =
                all.groupAllowFrom.isPresent()
                        ? list(channel, all.groupAllowFrom, accessGroups)
                        : people;
        AccessRules closed = AccessRules.closed();
        return closed.withDm(all.dmPolicy.orElse(closed.dm()), people)
                .withGroups(
                        all.groupPolicy.orElse(closed.group()),
                        inGroups,
                        all.groups.orElse(closed.groups()))
                .withDefaultMention(all.requireMention.orElse(closed.requireMention()))
                .withBots(all.allowBots.orElse(closed.bots()))
                .withHistoryLimit(all.historyLimit.orElse(closed.historyLimit()));
    }

    private AccessLayer over(AccessLayer wider) {
        return new AccessLayer(
                dmPolicy.or(wider::dmPolicy),
                allowFrom.or(wider::allowFrom),
                groupPolicy.or(wider::groupPolicy),
                groupAllowFrom.or(wider::groupAllowFrom),
                groups.or(wider::groups),
                requireMention.or(wider::requireMention),
                allowBots.or(wider::allowBots),
                historyLimit.or(wider::historyLimit));
    }

    private static SenderList list(
            String channel, Optional<List<String>> entries, Map<String, List<String>> groups) {
        return entries.map(written -> SenderList.parse(channel, written, groups))
                .orElseGet(SenderList::none);
    }
}
