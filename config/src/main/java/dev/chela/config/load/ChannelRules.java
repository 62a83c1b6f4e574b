package dev.chela.config.load;

import dev.chela.config.ChannelSettings;
import dev.chela.config.ChelaConfig;
import dev.chela.config.DiscordAccount;
import dev.chela.config.DmPolicy;
import dev.chela.config.GroupPolicy;
import dev.chela.config.SecretInput;
import dev.chela.config.SlackAccount;
import dev.chela.config.TelegramAccount;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who may talk, and which accounts can work at all; on every account with what it inherits. */
final class ChannelRules {

    private static final String ANYBODY = "*";
    private static final Pattern SLACK_ID = Pattern.compile("[CGD][A-Z0-9]{6,}|\\*");
    private static final Pattern SLACK_BOT = Pattern.compile("xox[bpe][.-]\\S+");
    private static final Pattern SLACK_APP = Pattern.compile("xapp-\\S+");
    private static final Pattern NO_BLANKS = Pattern.compile("\\S+");

    private final ConfigRules rules;
    private final ChelaConfig config;
    private final Map<SecretInput, String> tokens = new HashMap<>();

    ChannelRules(ConfigRules rules, ChelaConfig config) {
        this.rules = rules;
        this.config = config;
    }

    void check() {
        config.channels()
                .telegram()
                .ifPresent(
                        channel -> {
                            known(
                                    "telegram",
                                    channel.defaultAccount(),
                                    channel.accounts().keySet());
                            channel.accounts().forEach(this::telegram);
                        });
        config.channels()
                .discord()
                .ifPresent(
                        channel -> {
                            known("discord", channel.defaultAccount(), channel.accounts().keySet());
                            channel.accounts().forEach(this::discord);
                        });
        config.channels()
                .slack()
                .ifPresent(
                        channel -> {
                            known("slack", channel.defaultAccount(), channel.accounts().keySet());
                            channel.accounts().forEach(this::slack);
                        });
        access("channels.web", config.channels().web().settings());
    }

    private void known(String channel, Optional<String> chosen, Set<String> accounts) {
        if (chosen.isPresent() && !accounts.contains(chosen.get())) {
            rules.error(
                    "channels." + channel + ".defaultAccount",
                    "there is no account \"" + chosen.get() + "\"");
        }
    }

    private static String at(String channel, String account) {
        return account.equals(Accounts.DEFAULT)
                ? "channels." + channel
                : "channels." + channel + ".accounts." + account;
    }

    private void telegram(String id, TelegramAccount account) {
        String at = at("telegram", id);
        access(at, account.settings());
        new TelegramRules(rules, at, agentIds()).check(account);
        account.botToken().ifPresent(token -> token(at + ".botToken", token, TelegramRules.TOKEN));
        boolean none = account.botToken().isEmpty() && account.tokenFile().isEmpty();
        missing(at, account.settings(), none, "botToken, tokenFile or TELEGRAM_BOT_TOKEN");
    }

    private void discord(String id, DiscordAccount account) {
        String at = at("discord", id);
        access(at, account.settings());
        account.token().ifPresent(token -> token(at + ".token", token, NO_BLANKS));
        missing(at, account.settings(), account.token().isEmpty(), "token or DISCORD_BOT_TOKEN");
    }

    private void slack(String id, SlackAccount account) {
        String at = at("slack", id);
        access(at, account.settings());
        account.botToken().ifPresent(token -> token(at + ".botToken", token, SLACK_BOT));
        account.appToken().ifPresent(token -> token(at + ".appToken", token, SLACK_APP));
        missing(
                at,
                account.settings(),
                account.botToken().isEmpty(),
                "botToken or SLACK_BOT_TOKEN");
        boolean http = account.mode() == SlackAccount.Mode.HTTP;
        if (account.settings().enabled() && http && account.signingSecret().isEmpty()) {
            rules.error(at + ".signingSecret", "is required when mode is http");
        }
        if (!http) {
            String needed = "appToken or SLACK_APP_TOKEN";
            missing(at, account.settings(), account.appToken().isEmpty(), needed);
        }
        if (account.settings().groupPolicy() == GroupPolicy.ALLOWLIST) {
            for (String key : account.channels().keySet()) {
                if (!SLACK_ID.matcher(key).matches()) {
                    rules.error(
                            at + ".channels",
                            "\""
                                    + key
                                    + "\" is not a channel id such as C0123456789; names never"
                                    + " match under groupPolicy allowlist");
                }
            }
        }
    }

    private void access(String at, ChannelSettings settings) {
        boolean anybody = settings.allowFrom().contains(ANYBODY);
        if (settings.dmPolicy() == DmPolicy.OPEN && !anybody) {
            rules.error(at + ".allowFrom", "dmPolicy open needs \"*\" in allowFrom");
        }
        if (settings.dmPolicy() == DmPolicy.ALLOWLIST && settings.allowFrom().isEmpty()) {
            rules.error(at + ".allowFrom", "dmPolicy allowlist needs at least one id");
        }
        for (String entry : settings.allowFrom()) {
            if (entry.startsWith("accessGroup:")) {
                String name = entry.substring("accessGroup:".length());
                if (!config.accessGroups().containsKey(name)) {
                    rules.error(at + ".allowFrom", "there is no accessGroups." + name);
                }
            }
        }
    }

    private void token(String at, SecretInput token, Pattern shape) {
        if (token instanceof SecretInput.Literal literal
                && !shape.matcher(literal.value().reveal()).matches()) {
            rules.error(at, "does not look like such a token");
        }
        String other = tokens.putIfAbsent(token, at);
        if (other != null && !other.equals(at)) {
            rules.error(at, "is the same token as " + other + "; one bot cannot be two accounts");
        }
    }

    private void missing(String at, ChannelSettings settings, boolean missing, String what) {
        if (missing && settings.enabled()) {
            rules.warning(at, "is enabled but has no " + what + "; it will not start");
        }
    }

    private Set<String> agentIds() {
        return config.agents().list().stream()
                .map(dev.chela.config.AgentConfig::id)
                .collect(java.util.stream.Collectors.toSet());
    }
}
