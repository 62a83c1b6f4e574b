package dev.chela.bot.route;

import dev.chela.channels.Channel;
import dev.chela.channels.Conversation;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.inbox.Inbox;
import dev.chela.commands.CommandLine;
import dev.chela.commands.CommandRunner;
import dev.chela.commands.Deciders;
import dev.chela.config.ChelaConfig;
import dev.chela.config.LiveConfig;
import dev.chela.harness.TurnDesk;
import dev.chela.harness.approval.ApprovalDesk;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.session.Sessions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The room in two halves: the desks, which the harness is built with, and the router, which needs
 * the harness. {@link #router} joins them.
 */
public final class Routing {

    private static final int HISTORY_MESSAGES = 50;

    private final LiveConfig config;
    private final Inbox inbox;
    private final Delivery delivery;
    private final Function<Conversation, Optional<Channel>> channels;
    private final LiveTurns live;
    private final TurnDesk turnDesk;
    private final ApprovalDesk approvalDesk;
    private final AtomicReference<CommandLine> line = new AtomicReference<>();

    /**
     * The desks.
     *
     * @param media where attachments are kept
     */
    public Routing(
            LiveConfig config,
            Inbox inbox,
            Delivery delivery,
            Function<Conversation, Optional<Channel>> channels,
            Path media) {
        this.config = config;
        this.inbox = inbox;
        this.delivery = delivery;
        this.channels = channels;
        this.live = new LiveTurns(delivery);
        Downloads downloads =
                new Downloads(message -> channels.apply(message.conversation()), media);
        Prompts prompts = new Prompts(inbox, this::line, downloads, HISTORY_MESSAGES);
        Answers answers = new Answers(delivery, config.section(ChelaConfig::messages));
        this.turnDesk = new Desk(inbox, delivery, prompts, live, answers, channels);
        this.approvalDesk = new ApprovalCards(delivery);
    }

    public TurnDesk turnDesk() {
        return turnDesk;
    }

    public ApprovalDesk approvalDesk() {
        return approvalDesk;
    }

    /** The router, once there are commands and lanes to route to. */
    public Router router(
            Sessions sessions,
            Approvals approvals,
            CommandLine commandLine,
            CommandRunner runner,
            Deciders deciders) {
        line.set(commandLine);
        Executor threads = task -> Thread.ofVirtual().name("chela-command").start(task);
        Admission admission = new Admission(sessions, config.section(ChelaConfig::messages), live);
        return new Router(
                inbox,
                delivery,
                new Places(
                        config.section(ChelaConfig::session),
                        new Agents(
                                config.section(ChelaConfig::agents),
                                config.section(ChelaConfig::bindings))),
                commandLine,
                new CommandDesk(runner, inbox, delivery, admission, threads),
                approvals,
                new Buttons(inbox, delivery, approvals, deciders, channels),
                admission);
    }

    private CommandLine line() {
        CommandLine known = line.get();
        if (known == null) {
            throw new IllegalStateException("a turn began before the router was built");
        }
        return known;
    }
}
