package dev.chela.channels.telegram;

import com.pengrad.telegrambot.model.BotCommand;
import com.pengrad.telegrambot.request.DeleteMyCommands;
import com.pengrad.telegrambot.request.SetMyCommands;
import dev.chela.config.state.Checkpoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command menu beside the input field. Best effort: without it commands work all the same.
 * Entries from the config come last and never take a command's name.
 */
final class CommandMenu {

    private static final Logger log = LoggerFactory.getLogger(CommandMenu.class);
    private static final int MAX_COMMANDS = 100;
    private static final int MAX_DESCRIPTION = 256;

    /** What Telegram's button sends for a person who opens our chat, with a link's payload. */
    static final String START = "start";

    private static final String NAME = "[a-z0-9_]{1,32}";

    private final boolean on;
    private final Checkpoints checkpoints;
    private final Map<String, MenuCommand> shown = new LinkedHashMap<>();

    CommandMenu(TelegramSettings settings, List<MenuCommand> commands, Checkpoints checkpoints) {
        this.on = settings.nativeMenu();
        this.checkpoints = checkpoints;
        commands.forEach(this::add);
        settings.customCommands().forEach(this::add);
    }

    private void add(MenuCommand command) {
        String name = command.shown();
        if (!name.matches(NAME)) {
            log.warn("telegram menu entry skipped name={} reason=name", name);
        } else if (shown.putIfAbsent(name, command) != null) {
            log.warn("telegram menu entry skipped name={} reason=taken", name);
        }
    }

    /** What is typed when a menu entry is chosen, and the command it means, where they differ. */
    Map<String, String> realNames() {
        Map<String, String> names = new LinkedHashMap<>();
        shown.forEach((name, command) -> names.put(name, command.name()));
        names.putIfAbsent(START, "help");
        names.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
        return names;
    }

    /** Makes Telegram show the menu, shortened until Telegram takes it. */
    void register(BotApi api) {
        checkpoints.before("telegram.setMyCommands");
        if (on && !shown.isEmpty()) {
            set(api);
        } else {
            report(api.call(new DeleteMyCommands()));
        }
        checkpoints.after("telegram.setMyCommands");
    }

    private void set(BotApi api) {
        List<BotCommand> entries = new ArrayList<>();
        shown.forEach((name, command) -> entries.add(new BotCommand(name, description(command))));
        int count = Math.min(MAX_COMMANDS, entries.size());
        ApiReply reply = call(api, entries.subList(0, count));
        while (count > 1
                && reply instanceof ApiReply.Rejected rejected
                && rejected.says("BOT_COMMANDS_TOO_MUCH")) {
            count = count * 4 / 5;
            reply = call(api, entries.subList(0, count));
        }
        if (count < entries.size()) {
            log.warn("telegram menu shortened shown={} of={}", count, entries.size());
        }
        report(reply);
    }

    private static ApiReply call(BotApi api, List<BotCommand> entries) {
        return api.call(new SetMyCommands(entries.toArray(BotCommand[]::new)));
    }

    private static void report(ApiReply reply) {
        if (!(reply instanceof ApiReply.Ok)) {
            log.warn("telegram menu not set reply={}", reply);
        }
    }

    private static String description(MenuCommand command) {
        String text = command.description().isBlank() ? command.name() : command.description();
        return text.substring(0, Math.min(MAX_DESCRIPTION, text.length()));
    }
}
