package dev.chela.config.load;

import dev.chela.config.TelegramAccount;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Telegram's ids are numbers, its token has a shape, its root has no token in it. */
final class TelegramRules {

    static final Pattern TOKEN = Pattern.compile("\\d+:[A-Za-z0-9_-]+");
    private static final Pattern SENDER =
            Pattern.compile("(?:(?:telegram|tg):)?\\d+|\\*|accessGroup:.+");
    private static final Pattern CHAT = Pattern.compile("-?\\d+|\\*");

    private final ConfigRules rules;
    private final String at;
    private final Set<String> agents;

    TelegramRules(ConfigRules rules, String at, Set<String> agents) {
        this.rules = rules;
        this.at = at;
        this.agents = agents;
    }

    void check(TelegramAccount account) {
        senders(at + ".allowFrom", account.settings().allowFrom());
        account.settings()
                .groupAllowFrom()
                .ifPresent(list -> groupSenders(at + ".groupAllowFrom", list));
        if (account.apiRoot().getPath().matches("(?s).*/bot[^/]*/?")) {
            rules.error(at + ".apiRoot", "must be the root alone, without /bot<token>");
        }
        if (account.botToken().isPresent() && account.tokenFile().isPresent()) {
            rules.error(at + ".tokenFile", "cannot go together with botToken");
        }
        account.groups().forEach(this::group);
    }

    private void group(String id, TelegramAccount.Group group) {
        String path = at + ".groups[\"" + id.replace("\"", "") + "\"]";
        if (!CHAT.matcher(id).matches()) {
            rules.error(path, "the key must be a chat id such as -1001234567890, or *");
        }
        group.allowFrom().ifPresent(list -> senders(path + ".allowFrom", list));
        group.topics()
                .forEach(
                        (topic, settings) ->
                                settings.agentId()
                                        .filter(agent -> !agents.contains(agent))
                                        .ifPresent(
                                                agent ->
                                                        rules.error(
                                                                path + ".topics",
                                                                "no agent has the id \""
                                                                        + agent
                                                                        + "\"")));
    }

    private void groupSenders(String path, List<String> entries) {
        for (String entry : entries) {
            if (entry.matches("-\\d+")) {
                rules.warning(path, entry + " is a chat, not a person; chats belong in groups");
            } else if (!SENDER.matcher(entry).matches()) {
                rules.error(path, notNumeric(entry));
            }
        }
    }

    private void senders(String path, List<String> entries) {
        for (String entry : entries) {
            if (!SENDER.matcher(entry).matches()) {
                rules.error(path, notNumeric(entry));
            }
        }
    }

    private static String notNumeric(String entry) {
        return "\"" + entry + "\" is not a numeric user id; /whoami tells a person's own";
    }
}
