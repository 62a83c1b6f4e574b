package dev.chela.bot.kit;

import dev.chela.channels.telegram.kit.BotMessage;
import dev.chela.channels.telegram.kit.FakeTelegram;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.scripted.CodexHome;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Telegram, a model and a state directory that outlive the bots which run on them. */
public final class CrashStage implements AutoCloseable {

    /** Every message gets a turn of its own. */
    private static final String ONE_BY_ONE =
            "visibleReplies: \"automatic\", queue: { mode: \"followup\", debounceMs: 0 },";

    private final Path root;
    private final FakeTelegram telegram = FakeTelegram.start();
    private final ScriptedModel model;
    private final Set<Integer> pressed = new HashSet<>();

    private CrashStage(Path root) throws IOException {
        this.root = Files.createDirectories(root);
        model = ScriptedModel.start();
        CodexHome.forScriptedModel(
                StateDirectory.open(stateDirectory()).codexHome("main"), model.baseUrl());
        Files.writeString(config(), BotConfig.telegram(telegram.apiRoot(), ONE_BY_ONE));
    }

    public static CrashStage open(Path root) throws IOException {
        return new CrashStage(root);
    }

    /** Starts a bot with these variables besides. */
    public ChildBot start(Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(BotFixture.environment(root));
        environment.put("CHELA_STATE_DIR", stateDirectory().toString());
        environment.putAll(more);
        return ChildBot.start(config(), environment, root.resolve("output.log"));
    }

    public Chat person(int number) {
        return new Chat(telegram, BotConfig.FIRST_PERSON + number);
    }

    public FakeTelegram telegram() {
        return telegram;
    }

    public StateProbe state() {
        return new StateProbe(stateDirectory());
    }

    public Path root() {
        return root;
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

    private Path stateDirectory() {
        return root.resolve("state");
    }

    private Path config() {
        return stateDirectory().resolve("chela.json");
    }

    @Override
    public void close() {
        model.close();
        telegram.close();
    }
}
