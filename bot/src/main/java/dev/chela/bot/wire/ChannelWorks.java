package dev.chela.bot.wire;

import dev.chela.channels.Channel;
import dev.chela.channels.ChannelException;
import dev.chela.channels.Cursor;
import dev.chela.channels.http.LocalHttp;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.telegram.MenuCommand;
import dev.chela.channels.telegram.TelegramChannel;
import dev.chela.channels.telegram.TelegramSettings;
import dev.chela.channels.telegram.TelegramToken;
import dev.chela.channels.web.SlashCommand;
import dev.chela.channels.web.WebChannel;
import dev.chela.channels.web.WebSettings;
import dev.chela.commands.CommandRegistry;
import dev.chela.config.ChelaConfig;
import dev.chela.config.Secret;
import dev.chela.config.TelegramAccount;
import dev.chela.config.secret.Secrets;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.Database;
import dev.chela.config.state.StateDirectory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the channels that a configuration enables. */
public final class ChannelWorks {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelWorks.class);

    private final ChelaConfig config;
    private final Secrets secrets;
    private final Inbox inbox;
    private final CommandRegistry commands;

    /**
     * A works for one configuration.
     *
     * @param commands what menus and suggestions show
     */
    public ChannelWorks(
            ChelaConfig config, Secrets secrets, Inbox inbox, CommandRegistry commands) {
        this.config = config;
        this.secrets = secrets;
        this.inbox = inbox;
        this.commands = commands;
    }

    /** The channels, none of them listening yet; one without its secret is left out and named. */
    public List<Channel> build(
            LocalHttp http, Database database, StateDirectory state, Checkpoints checkpoints) {
        List<Channel> channels = new ArrayList<>();
        if (config.channels().web().settings().enabled()
                && config.gateway().controlUi().enabled()) {
            channels.add(
                    new WebChannel(
                            http,
                            database,
                            state.media(),
                            this::suggestions,
                            WebSettings.of(config.channels().web()),
                            Clock.systemUTC()));
        }
        config.channels()
                .telegram()
                .filter(telegram -> telegram.base().settings().enabled())
                .ifPresent(
                        telegram ->
                                telegram.accounts()
                                        .forEach(
                                                (id, account) ->
                                                        telegram(id, account, checkpoints)
                                                                .ifPresent(channels::add)));
        return channels;
    }

    private Optional<Channel> telegram(
            String id, TelegramAccount account, Checkpoints checkpoints) {
        if (!account.settings().enabled()) {
            return Optional.empty();
        }
        Secret token;
        try {
            token = TelegramToken.find(id, account, secrets);
        } catch (ChannelException missing) {
            LOG.error("{}; the other channels go on", missing.getMessage());
            return Optional.empty();
        }
        return Optional.of(
                new TelegramChannel(
                        TelegramSettings.of(id, account, token, config.commands().nativeMenu()),
                        () ->
                                inbox.cursor("telegram", id, "updates")
                                        .map(at -> new Cursor("telegram", id, "updates", at)),
                        commands.all().stream()
                                .map(command -> command.spec())
                                .map(spec -> new MenuCommand(spec.name(), spec.summary()))
                                .toList(),
                        checkpoints,
                        Clock.systemUTC()));
    }

    private List<SlashCommand> suggestions() {
        return commands.all().stream()
                .map(command -> command.spec())
                .map(spec -> new SlashCommand("/" + spec.name(), spec.usage(), spec.summary()))
                .toList();
    }
}
