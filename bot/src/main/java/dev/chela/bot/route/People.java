package dev.chela.bot.route;

import dev.chela.channels.access.SenderList;
import dev.chela.config.ChannelSettings.ExecApprovals;
import dev.chela.config.ChelaConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads lists of people the same way for whoever is let in and whoever may decide. */
public final class People {

    private People() {}

    /** The members of each access group on one channel, by the group's name. */
    public static Map<String, List<String>> groups(ChelaConfig config, String channel) {
        return config.accessGroups().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                entry ->
                                        entry.getValue()
                                                .members()
                                                .getOrDefault(channel, List.of())));
    }

    /** Who decides approvals on an account of {@code channel}. */
    public static SenderList approvers(ChelaConfig config, String channel, ExecApprovals settings) {
        return SenderList.parse(channel, settings.approvers(), groups(config, channel));
    }
}
