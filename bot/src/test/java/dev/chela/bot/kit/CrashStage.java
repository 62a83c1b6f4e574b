package dev.chela.bot.kit;

import dev.chela.channels.telegram.kit.BotMessage;
import dev.chela.channels.telegram.kit.FakeTelegram;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.kit.McpKitServer;
import dev.chela.harness.scripted.CodexHome;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Telegram, a model and a state directory that outlive the bots which run on them. */
public final class CrashStage implements AutoCloseable {

    /** Every message gets a turn of its own. */
    private static final String ONE_BY_ONE =
            "visibleReplies: \"automatic\", queue: { mode: \"followup\", debounceMs: 0 },";

    private final Path root;
    private final FakeTelegram telegram = FakeTelegram.start();
    private final ScriptedModel model;
    private final Map<String, String> variables = new HashMap<>();
    private final Set<Integer> pressed = new HashSet<>();

    private CrashStage(Path root, UnaryOperator<String> changed) throws IOException {
        this.root = Files.createDirectories(root);
        model = ScriptedModel.start();
        CodexHome.forScriptedModel(
                StateDirectory.open(root.resolve("state")).codexHome("main"), model.baseUrl());
        Files.writeString(
                config(), changed.apply(BotConfig.telegram(telegram.apiRoot(), ONE_BY_ONE)));
    }

    public static CrashStage open(Path root) throws IOException {
        return new CrashStage(root, UnaryOperator.identity());
    }

    /** A stage where any group may name the bot. */
    public static CrashStage withGroups(Path root) throws IOException {
        return new CrashStage(root, BotConfig::inAnyGroup);
    }

    /** A stage whose app-server outlives the bots. */
    public static CrashStage outlived(Path root) throws IOException {
        return new CrashStage(root, BotConfig::outlived);
    }

    /**
     * The same where silence soon is a denial, and with an MCP server whose {@code wipe} is asked
     * about.
     */
    public static CrashStage impatient(Path root) throws IOException {
        CrashStage stage =
                new CrashStage(root, config -> BotConfig.outlived(BotConfig.impatient(config)));
        Files.writeString(
                stage.stateDirectory().codexHome("main").resolve("config.toml"),
                McpKitServer.config(stage.wiped()),
                StandardOpenOption.APPEND);
        return stage;
    }

    /** From now on bots tidy up as soon as they run. */
    public void tidyAtOnce() {
        variables.put("CHELA_UPKEEP_AFTER", "0");
    }

    /** A line each time the MCP server was made to wipe something: what that was. */
    public Path wiped() {
        return root.resolve("wiped.log");
    }

    /** A stage whose bots give turns much time when they are to end. */
    public static CrashStage patient(Path root) throws IOException {
        return new CrashStage(
                root, config -> config.replace("drainTimeoutMs: 300", "drainTimeoutMs: 30000"));
    }

    /** A stage with the web chat, too, where words said on Telegram in a row are one message. */
    public static CrashStage withWeb(Path root) throws IOException {
        return new CrashStage(root, config -> BotConfig.joining(BotConfig.withWeb(config)));
    }

    /** Starts a bot with these variables besides. */
    public ChildBot start(Map<String, String> more) throws IOException {
        return run(more, "gateway", "run");
    }

    /** Runs another command on the same state to its end and returns its exit status. */
    public int command(String... words) throws IOException {
        ChildBot command = run(Map.of(), words);
        command.awaitEnd();
        return command.status();
    }

    private ChildBot run(Map<String, String> more, String... words) throws IOException {
        Map<String, String> environment = new HashMap<>(BotFixture.environment(root));
        environment.put("CHELA_STATE_DIR", stateDirectory().root().toString());
        environment.putAll(variables);
        environment.putAll(more);
        return ChildBot.start(config(), environment, root.resolve("output.log"), words);
    }

    /** Where the agent works. */
    public Path workspace() {
        return stateDirectory().root().resolve("workspace");
    }

    public Chat person(int number) {
        return new Chat(telegram, BotConfig.FIRST_PERSON + number);
    }

    public FakeTelegram telegram() {
        return telegram;
    }

    public StateProbe state() {
        return new StateProbe(stateDirectory().root());
    }

    public Path root() {
        return root;
    }

    /** What all bots printed. */
    public String output() {
        try {
            return Files.readString(root.resolve("output.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often the model was asked with a message that contains {@code text}. */
    public long asked(String text) {
        return model.requests().stream()
                .filter(request -> request.userText().contains(text))
                .count();
    }

    /** Allows what is asked for in a chat, each card once. */
    public void allow(Chat chat) {
        for (BotMessage card : telegram.messagesIn(chat.id())) {
            if (Chat.button(card, "Allow once").isPresent() && pressed.add(card.id())) {
                chat.press(card, "Allow once");
            }
        }
    }

    /**
     * Whether everything said was taken and has its end, and everything to say is out.
     *
     * @param messages how many messages were said
     */
    public boolean isQuiet(int messages) {
        StateProbe state = state();
        return telegram.unconfirmed() == 0
                && state.inbox().stream().filter(row -> row.kind().equals("message")).count()
                        == messages
                && state.open() == 0
                && state.unsettled() == 0;
    }

    /** What the bots know. */
    public StateDirectory stateDirectory() {
        return new StateDirectory(root.resolve("state"));
    }

    private Path config() {
        return stateDirectory().root().resolve("chela.json");
    }

    /** Ends what a failed test left, too. */
    @Override
    public void close() {
        Leftovers.of(root).forEach(ProcessHandle::destroyForcibly);
        model.close();
        telegram.close();
    }
}
