package dev.chela.bot;

import dev.chela.bot.route.Foreign;
import dev.chela.commands.tools.Answered;
import dev.chela.commands.tools.MediaRoots;
import dev.chela.commands.tools.MessageTool;
import dev.chela.commands.tools.Targets;
import dev.chela.config.AgentConfig;
import dev.chela.config.AgentDefaults;
import dev.chela.config.AgentsConfig;
import dev.chela.config.AppServerConfig;
import dev.chela.config.ApprovalsConfig;
import dev.chela.config.ChelaConfig;
import dev.chela.config.ImageGenerationModel;
import dev.chela.config.Live;
import dev.chela.config.QueueMode;
import dev.chela.config.Secret;
import dev.chela.config.ToolNames;
import dev.chela.harness.AgentHarness;
import dev.chela.harness.AgentTool;
import dev.chela.harness.SessionKey;
import dev.chela.harness.TurnDesk;
import dev.chela.harness.approval.ApprovalDesk;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.approval.Patience;
import dev.chela.harness.appserver.AppServerSettings;
import dev.chela.harness.appserver.AppServers;
import dev.chela.harness.appserver.SupervisedAppServers;
import dev.chela.harness.appserver.SwitchedServers;
import dev.chela.harness.appserver.managed.CodexInstallation;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.binding.ThreadConfig;
import dev.chela.harness.binding.ThreadSetups;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.codex.CodexAgents;
import dev.chela.harness.codex.CodexHarness;
import dev.chela.harness.codex.ConfiguredAgents;
import dev.chela.harness.codex.SideQuestions;
import dev.chela.harness.hooks.DeniedTools;
import dev.chela.harness.hooks.NativeHooks;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.session.Claims;
import dev.chela.harness.session.ResetPolicy;
import dev.chela.harness.session.SessionUpkeep;
import dev.chela.harness.session.Sessions;
import dev.chela.harness.session.Transcripts;
import dev.chela.harness.tools.ToolCalls;
import dev.chela.harness.tools.ToolLimits;
import dev.chela.harness.tools.ToolRegistry;
import dev.chela.harness.trajectory.Trajectories;
import dev.chela.harness.trajectory.TrajectoryFiles;
import dev.chela.harness.trajectory.TrajectorySettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who answers: app-servers, tools, approvals, Codex and the lanes. */
record AgentRoom(
        AppServers servers,
        CodexAgents agents,
        Approvals approvals,
        ToolCalls tools,
        Codex codex,
        SideQuestions sides,
        Claims claims,
        Sessions sessions,
        SessionUpkeep upkeep,
        Trajectories trajectories,
        NativeHooks hooks)
        implements AutoCloseable {

    /**
     * Builds the room; starts no process.
     *
     * @param installation the managed Codex, installed when first asked for
     */
    static AgentRoom open(
            Ground ground,
            Supplier<CodexInstallation> installation,
            ChannelRoom channels,
            ApprovalDesk approvalDesk,
            TurnDesk turnDesk) {
        CodexAgents agents =
                new ConfiguredAgents(
                        ground.config().section(config -> config.agents()),
                        ground.config().section(config -> config.plugins().codex()),
                        ground.config().section(config -> Optional.of(config.tools())),
                        ground.state().root(),
                        setups(ground)::of);
        AppServers servers =
                SupervisedAppServers.open(
                        settings(ground),
                        ground.database(),
                        ground.checkpoints(),
                        ground.state(),
                        installation,
                        childVariables(ground),
                        ground.timers());
        Approvals approvals = approvals(ground, approvalDesk);
        ToolRegistry registry = registry(ground, channels, agents);
        ToolCalls tools =
                new ToolCalls(
                        registry,
                        ground.database(),
                        ground.timers(),
                        ground.checkpoints(),
                        limits(ground.config().get()));
        Bindings bindings = new Bindings(ground.database());
        NativeHooks hooks = hooks(ground, bindings);
        Codex codex = codex(ground, servers, agents, bindings, registry, hooks);
        AtomicReference<Sessions> lanes = new AtomicReference<>();
        Trajectories trajectories = trajectories(ground);
        AgentHarness harness = harness(ground, codex, tools, approvals, trajectories, lanes::get);
        Sessions sessions =
                new Sessions(
                        ground.database(),
                        harness,
                        turnDesk,
                        ground.timers(),
                        ground.config().section(config -> config.messages().queue()),
                        ground.config().section(AgentRoom::resets),
                        ground.config()
                                .section(config -> config.agents().defaults().maxConcurrent()));
        lanes.set(sessions);
        return new AgentRoom(
                servers,
                agents,
                approvals,
                tools,
                codex,
                new SideQuestions(codex, ground.timers(), ground.checkpoints()),
                bindings.claims(),
                sessions,
                sessions.upkeep().with(files(ground)),
                trajectories,
                hooks);
    }

    private static ToolNames denied(ChelaConfig config, String agentId) {
        return ToolNames.ofCodex(
                config.tools(), config.agents().agent(agentId).flatMap(AgentConfig::tools));
    }

    private static NativeHooks hooks(Ground ground, Bindings bindings) {
        NativeHooks hooks =
                new NativeHooks(
                        List.of(new DeniedTools(agent -> denied(ground.config().get(), agent))),
                        ground.config()
                                .section(all -> all.plugins().codex().nativeHookRelay().events()),
                        ground.state().hookRelay(),
                        ground.environment().get("PATH").orElse(""),
                        ground.timers(),
                        () -> bindings.remembered(Facts.HOOK_GENERATION));
        AgentsConfig all = ground.config().get().agents();
        hooks.open(
                Stream.concat(Stream.of(all.defaultAgent()), all.list().stream())
                        .map(AgentConfig::id)
                        .toList());
        return hooks;
    }

    private static Trajectories trajectories(Ground ground) {
        return Trajectories.open(
                TrajectorySettings.of(ground.environment()),
                files(ground),
                ground.redaction(),
                ground.timers());
    }

    static TrajectoryFiles files(Ground ground) {
        return new TrajectoryFiles(ground.state(), TrajectorySettings.of(ground.environment()));
    }

    private static Codex codex(
            Ground ground,
            AppServers servers,
            CodexAgents agents,
            Bindings bindings,
            ToolRegistry registry,
            NativeHooks hooks) {
        return new Codex(
                new SwitchedServers(
                        servers, ground.config().section(all -> all.plugins().codexOff())::get),
                agents,
                bindings,
                new Transcripts(ground.database(), ground.timers()),
                registry,
                new SignIn(name -> ground.environment().get(name).map(Secret::of)),
                ground.timers(),
                new Codex.Manners(
                        ground.config().section(all -> all.plugins().codex().discovery()), hooks));
    }

    /**
     * The runner of turns.
     *
     * @param lanes the sessions, which are built on it
     */
    private static AgentHarness harness(
            Ground ground,
            Codex codex,
            ToolCalls tools,
            Approvals approvals,
            Trajectories trajectories,
            Supplier<Sessions> lanes) {
        return new CodexHarness(
                codex,
                tools,
                approvals,
                ground.timers(),
                ground.checkpoints(),
                session ->
                        lanes.get()
                                .view(session)
                                .map(view -> view.queue().mode())
                                .orElse(QueueMode.FOLLOWUP),
                trajectories);
    }

    private static ToolRegistry registry(Ground ground, ChannelRoom channels, CodexAgents agents) {
        AgentTool message =
                new MessageTool(
                        channels.delivery(),
                        new Targets(),
                        new Answered(channels.inbox()::rows),
                        new MediaRoots(session -> roots(agents, session)),
                        Foreign::withoutEnvelope);
        ToolNames denied = ground.config().get().tools().denied();
        return new ToolRegistry(
                denied.have(message.spec().name()) ? List.of() : List.of(message),
                ground.config().get().plugins().codex().codexDynamicToolsExclude());
    }

    @Override
    public void close() {
        servers.close();
        hooks.close();
        trajectories.close();
    }

    private static ThreadSetups setups(Ground ground) {
        return new ThreadSetups(
                ground.config()
                        .section(
                                config ->
                                        new ThreadConfig(
                                                config.agents(),
                                                config.plugins().codex().appServer(),
                                                config.mcp(),
                                                config.tools())),
                input -> ground.secrets().resolve(Optional.of(input)));
    }

    static Live<AppServerSettings> settings(Ground ground) {
        Live<AppServerConfig> config =
                ground.config().section(all -> all.plugins().codex().appServer());
        Live<AgentDefaults> agents = ground.config().section(all -> all.agents().defaults());
        return () ->
                AppServerSettings.of(
                        config.get(),
                        agents.get().timeout(),
                        ground.environment().asMap(),
                        input -> ground.secrets().resolve(Optional.of(input)));
    }

    /**
     * What the app-server inherits: never a variable that holds a secret of the configuration,
     * since every command of the agent could read it. Keys for Codex go through its login call.
     */
    private static Map<String, String> childVariables(Ground ground) {
        return ground.environment().asMap().entrySet().stream()
                .filter(one -> ground.redaction().known(one.getValue()).equals(one.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static ToolLimits limits(ChelaConfig config) {
        return ToolLimits.of(
                config.agents()
                        .defaults()
                        .imageGenerationModel()
                        .flatMap(ImageGenerationModel::timeout),
                config.tools().media().image().timeout());
    }

    private static ResetPolicy resets(ChelaConfig config) {
        return ResetPolicy.of(
                config.session(),
                config.agents().defaults().userZone().orElseGet(ZoneId::systemDefault));
    }

    private static Approvals approvals(Ground ground, ApprovalDesk desk) {
        return new Approvals(
                ground.database(),
                ground.timers(),
                new SecureRandom(),
                desk,
                ground.config().section(config -> patience(config.approvals())));
    }

    private static Patience patience(ApprovalsConfig config) {
        Patience standard = Patience.standard();
        return new Patience(
                config.exec().flatMap(ApprovalsConfig.Forward::timeout).orElse(standard.exec()),
                config.plugin().flatMap(ApprovalsConfig.Forward::timeout).orElse(standard.plugin()),
                standard.question());
    }

    private static List<Path> roots(CodexAgents agents, SessionKey session) {
        String[] parts = session.value().split(":", 3);
        return List.of(agents.settings(parts.length > 1 ? parts[1] : "main").workspace());
    }
}
