package dev.chela.channels.access;

import java.util.Map;
import java.util.Optional;

/**
 * What the operator set for one group, channel or topic; what is absent comes from the wider one.
 *
 * @param topics rules of topics or threads inside, by id
 */
public record GroupRules(
        boolean enabled,
        Optional<GroupPolicy> policy,
        Optional<SenderList> allowFrom,
        Optional<Boolean> requireMention,
        Map<String, GroupRules> topics) {

    public GroupRules {
        topics = Map.copyOf(topics);
    }

    /** A group that is named and nothing more. */
    public static GroupRules plain() {
        return new GroupRules(true, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    GroupRules over(GroupRules wider) {
        return new GroupRules(
                enabled && wider.enabled,
                policy.or(wider::policy),
                allowFrom.or(wider::allowFrom),
                requireMention.or(wider::requireMention),
                topics);
    }
}
