package dev.chela.bot.route;

import dev.chela.channels.Channel;
import dev.chela.channels.Conversation;
import dev.chela.channels.access.AccessRules;
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
import dev.chela.harness.session.Claims;
import dev.chela.harness.session.Sessions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The room in two halves: the desks, which the harness is built with, and the router, which needs
 * the harness. {@link #router} joins them.
 */
public final class Routing {

    private final LiveConfig config;
    private final Inbox inbox;
    private final Delivery delivery;
    private final Function<Conversation, Optional<Channel>> channels;
    private final LiveTurns live;
    private final Acks acks;
    private final Manners manners;
    private final TurnDesk turnDesk;
    private final ApprovalDesk approvalDesk;
    private final AtomicReference<CommandLine> line = new AtomicReference<>();

    /**
     * The desks.
     *
     * @param rules whose words around a message may be shown
     * @param media where attachments are kept
     * @param appointed who decides approvals, and where they are asked
     */
    public Routing(
            LiveConfig config,
            Inbox inbox,
            Delivery delivery,
            Function<Conversation, Optional<Channel>> channels,
            Function<Conversation, AccessRules> rules,
            Path media,
            Appointed appointed) {
        this.config = config;
        this.inbox = inbox;
        this.delivery = delivery;
        this.channels = channels;
        this.manners = new Manners(config);
        this.live = new LiveTurns(delivery, manners);
        this.acks = new Acks(inbox, delivery, manners, channels);
        Downloads downloads =
                new Downloads(message -> channels.apply(message.conversation()), media);
        Prompts prompts = new Prompts(inbox, this::line, downloads, rules);
        Answers answers = new Answers(delivery, manners, this::spokeToUs);
        this.turnDesk = new Desk(inbox, delivery, prompts, live, answers, acks, channels);
        ApprovalPlaces places =
                new ApprovalPlaces(appointed, config.section(ChelaConfig::approvals));
        this.approvalDesk = new ApprovalCards(delivery, places::of);
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
            Claims claims,
            Approvals approvals,
            CommandLine commandLine,
            CommandRunner runner,
            Deciders deciders) {
        line.set(commandLine);
        Executor threads = task -> Thread.ofVirtual().name("chela-command").start(task);
        Admission admission =
                new Admission(
                        sessions,
                        config.section(ChelaConfig::messages),
                        config.get().offersMessageTool(),
                        live,
                        acks,
                        manners);
        return new Router(
                inbox,
                delivery,
                new Places(
                        config.section(ChelaConfig::session),
                        new Agents(
                                config.section(ChelaConfig::agents),
                                config.section(ChelaConfig::bindings),
                                config.section(ChelaConfig::channels)),
                        claims),
                commandLine,
                new CommandDesk(runner, inbox, delivery, admission, threads),
                approvals,
                new Buttons(inbox, delivery, approvals, deciders, channels),
                admission);
    }

    private boolean spokeToUs(List<Long> tickets) {
        return inbox.rows(tickets).stream().anyMatch(row -> row.standing().addressed());
    }

    private CommandLine line() {
        CommandLine known = line.get();
        if (known == null) {
            throw new IllegalStateException("a turn began before the router was built");
        }
        return known;
    }
}
