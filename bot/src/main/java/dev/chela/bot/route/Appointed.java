package dev.chela.bot.route;

import dev.chela.channels.Conversation;
import dev.chela.commands.Deciders;
import dev.chela.config.AutoSwitch;
import dev.chela.config.ChannelSettings;
import dev.chela.config.ChannelSettings.ExecApprovals;
import dev.chela.config.ChannelsConfig;
import dev.chela.config.ChelaConfig;
import dev.chela.config.Live;
import dev.chela.harness.Source;
import dev.chela.harness.approval.Approval;
import java.util.List;
import java.util.Optional;

/** Owners decide, and whom the account they speak to appoints as approvers. */
public final class Appointed implements Deciders {

    private final Live<ChelaConfig> config;

    public Appointed(Live<ChelaConfig> config) {
        this.config = config;
    }

    @Override
    public boolean mayDecide(Source who, Approval approval) {
        return who.owner() || isApprover(who);
    }

    @Override
    public boolean isApprover(Source who) {
        return !who.token().isEmpty()
                && execApprovals(Conversation.parse(who.token())).stream()
                        .anyMatch(
                                settings ->
                                        approvers(who.channel(), settings).contains(who.askerId()));
    }

    /** Who is asked in a chat of their own: approvers; owners where it is on without any. */
    public List<String> asked(Conversation place) {
        return execApprovals(place)
                .filter(settings -> settings.enabled() != AutoSwitch.OFF)
                .map(
                        settings -> {
                            List<String> named = approvers(place.channel(), settings);
                            boolean owners = named.isEmpty() && settings.enabled() == AutoSwitch.ON;
                            return owners
                                    ? ids(place.channel(), config.get().commands().ownerAllowFrom())
                                    : named;
                        })
                .orElse(List.of());
    }

    /** What the account of a conversation says of approvals; empty if it is not configured. */
    public Optional<ExecApprovals> execApprovals(Conversation place) {
        return settings(config.get().channels(), place).map(ChannelSettings::execApprovals);
    }

    private static Optional<ChannelSettings> settings(ChannelsConfig channels, Conversation at) {
        return switch (at.channel()) {
            case "telegram" ->
                    channels.telegram()
                            .map(all -> all.accounts().get(at.account()))
                            .map(account -> account.settings());
            default -> Optional.empty();
        };
    }

    private static List<String> approvers(String channel, ExecApprovals settings) {
        return ids(channel, settings.approvers());
    }

    /** The entries that name people of this channel, {@code telegram:1} or {@code 1}. */
    private static List<String> ids(String channel, List<String> entries) {
        return entries.stream()
                .map(String::strip)
                .filter(entry -> entry.startsWith(channel + ":") || !entry.contains(":"))
                .map(entry -> entry.substring(entry.indexOf(':') + 1))
                .filter(id -> !id.isEmpty() && !id.equals("*"))
                .distinct()
                .toList();
    }
}
