package dev.chela.bot.route;

import dev.chela.channels.Conversation;
import dev.chela.channels.access.SenderList;
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
import java.util.Map;
import java.util.Optional;

/** Owners decide, and whom the account they speak to appoints as approvers. */
public final class Appointed implements Deciders {

    private final Live<ChelaConfig> config;

    public Appointed(Live<ChelaConfig> config) {
        this.config = config;
    }

    @Override
    public boolean mayDecide(Source who, Approval approval) {
        return who.owner() || (isApprover(who) && concerns(who, approval));
    }

    /** An approver of one account has no say in what another one asks, unless it is shown to it. */
    private boolean concerns(Source who, Approval approval) {
        Conversation here = Conversation.parse(who.token());
        boolean sameAccount =
                Places.conversation(approval.request().source()).stream()
                        .anyMatch(
                                origin ->
                                        origin.channel().equals(here.channel())
                                                && origin.account().equals(here.account()));
        return sameAccount
                || new ApprovalPlaces(this, () -> config.get().approvals())
                        .of(approval).stream()
                                .map(Conversation::root)
                                .anyMatch(here.root()::equals);
    }

    @Override
    public boolean isApprover(Source who) {
        return !who.token().isEmpty()
                && execApprovals(Conversation.parse(who.token())).stream()
                        .anyMatch(
                                settings ->
                                        approvers(who.channel(), settings).names(who.askerId()));
    }

    /** Who is asked in a chat of their own: approvers; owners where it is on without any. */
    public List<String> asked(Conversation place) {
        return execApprovals(place)
                .filter(settings -> settings.enabled() != AutoSwitch.OFF)
                .map(
                        settings -> {
                            // A list that names nobody here is a mistake, not the owners.
                            boolean owners =
                                    settings.approvers().isEmpty()
                                            && settings.enabled() == AutoSwitch.ON;
                            return (owners
                                            ? owners(place.channel())
                                            : approvers(place.channel(), settings))
                                    .ids();
                        })
                .orElse(List.of());
    }

    /** The owners, who decide where nobody else can; nobody where asking people is switched off. */
    List<String> lastResort(Conversation place) {
        return execApprovals(place)
                .filter(settings -> settings.enabled() != AutoSwitch.OFF)
                .map(settings -> owners(place.channel()).ids())
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

    private SenderList approvers(String channel, ExecApprovals settings) {
        return People.approvers(config.get(), channel, settings);
    }

    private SenderList owners(String channel) {
        return SenderList.parse(channel, config.get().commands().ownerAllowFrom(), Map.of());
    }
}
