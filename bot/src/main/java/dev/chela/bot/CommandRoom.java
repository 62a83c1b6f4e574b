package dev.chela.bot;

import dev.chela.bot.route.Foreign;
import dev.chela.bot.wire.CodexModels;
import dev.chela.channels.delivery.Delivery;
import dev.chela.commands.AuditLog;
import dev.chela.commands.Command;
import dev.chela.commands.CommandLine;
import dev.chela.commands.CommandRegistry;
import dev.chela.commands.CommandRunner;
import dev.chela.commands.Deciders;
import dev.chela.commands.codex.Claiming;
import dev.chela.commands.codex.CodexCommand;
import dev.chela.commands.core.ApproveCommand;
import dev.chela.commands.core.BtwCommand;
import dev.chela.commands.core.CommandsCommand;
import dev.chela.commands.core.HelpCommand;
import dev.chela.commands.core.ModelCommand;
import dev.chela.commands.core.ModelMenu;
import dev.chela.commands.core.NewCommand;
import dev.chela.commands.core.QueueCommand;
import dev.chela.commands.core.ResetCommand;
import dev.chela.commands.core.SessionsCommand;
import dev.chela.commands.core.StatusCommand;
import dev.chela.commands.core.SteerCommand;
import dev.chela.commands.core.StopCommand;
import dev.chela.commands.core.WhoamiCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** What people can ask the bot itself. */
record CommandRoom(
        CommandRegistry registry, CommandLine line, CommandRunner runner, Claiming claiming) {

    /**
     * Builds the room.
     *
     * @param status what only the process knows, asked for each time
     */
    static CommandRoom open(
            Ground ground,
            AgentRoom agents,
            Delivery delivery,
            Deciders deciders,
            Supplier<StatusCommand.Process> status) {
        AtomicReference<CommandRegistry> registry = new AtomicReference<>();
        ModelMenu models =
                new CodexModels(
                        agents.codex(),
                        agents.agents(),
                        () -> ground.config().get().agents().defaultAgent().id());
        StopCommand stop = new StopCommand(agents.sessions(), agents.sides());
        Claiming claiming =
                new Claiming(
                        agents.codex(),
                        agents.sessions(),
                        agents.claims(),
                        agents.approvals(),
                        delivery,
                        ground.timers(),
                        task -> Thread.ofVirtual().name("chela-claim").start(task));
        List<Command> commands = new ArrayList<>();
        commands.add(new NewCommand(agents.sessions(), models));
        commands.add(new ResetCommand(agents.sessions()));
        commands.add(new SessionsCommand(agents.sessions(), ground.timers()));
        commands.add(stop);
        commands.add(new SteerCommand());
        commands.add(new BtwCommand(agents.sides(), agents.sessions(), Foreign::withoutEnvelope));
        commands.add(
                new QueueCommand(
                        agents.sessions(),
                        ground.config().section(config -> config.messages().queue())));
        commands.add(new ModelCommand(agents.sessions(), models));
        commands.add(new ApproveCommand(agents.approvals(), deciders));
        if (ground.config().get().plugins().codexRuns()) {
            commands.add(
                    CodexCommand.of(
                            agents.codex(),
                            agents.sessions(),
                            claiming,
                            stop,
                            () -> folder(ground),
                            ground.timers()));
        }
        commands.add(new StatusCommand(agents.sessions(), models, status, ground.timers()));
        commands.add(new HelpCommand(registry::get));
        commands.add(new CommandsCommand(registry::get));
        commands.add(new WhoamiCommand());
        CommandRegistry all = new CommandRegistry(commands);
        registry.set(all);
        return new CommandRoom(
                all,
                new CommandLine(all),
                new CommandRunner(new AuditLog(ground.database(), ground.timers())),
                claiming);
    }

    private static Path folder(Ground ground) {
        return ground.config()
                .get()
                .plugins()
                .codex()
                .appServer()
                .defaultWorkspaceDir()
                .orElseGet(() -> Path.of(""))
                .toAbsolutePath();
    }
}
