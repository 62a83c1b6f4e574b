package dev.chela.bot.wire;

import dev.chela.commands.Deciders;
import dev.chela.config.ChannelSettings;
import dev.chela.config.ChelaConfig;
import dev.chela.config.Live;
import dev.chela.config.TelegramConfig;
import dev.chela.harness.Source;
import dev.chela.harness.approval.Approval;
import java.util.List;

/** Owners decide, and whom the channel appoints as approvers. */
public final class Appointed implements Deciders {

    private final Live<ChelaConfig> config;

    public Appointed(Live<ChelaConfig> config) {
        this.config = config;
    }

    @Override
    public boolean mayDecide(Source who, Approval approval) {
        return who.owner() || approvers(who.channel()).contains(who.askerId());
    }

    private List<String> approvers(String channel) {
        return channel.equals("telegram")
                ? config.get()
                        .channels()
                        .telegram()
                        .map(TelegramConfig::base)
                        .map(base -> approvers(base.settings()))
                        .orElse(List.of())
                : List.of();
    }

    private static List<String> approvers(ChannelSettings settings) {
        return settings.execApprovals().approvers().stream()
                .map(entry -> entry.substring(entry.indexOf(':') + 1))
                .toList();
    }
}
