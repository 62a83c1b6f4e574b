package dev.chela.config.load;

import dev.chela.config.json5.Node;
import dev.chela.config.json5.Node.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives every account of a channel all it inherits: the account beats the channel, the channel
 * beats {@code channels.defaults}. Works on the checked tree, before it is bound for use.
 */
final class Accounts {

    static final String DEFAULT = "default";

    /** Keys that say who an account is; a named account never inherits them. */
    private static final Map<String, Map<String, String>> CREDENTIALS =
            Map.of(
                    "telegram", Map.of("botToken", "TELEGRAM_BOT_TOKEN", "tokenFile", ""),
                    "discord", Map.of("token", "DISCORD_BOT_TOKEN", "applicationId", ""),
                    "slack",
                            Map.of(
                                    "botToken", "SLACK_BOT_TOKEN",
                                    "appToken", "SLACK_APP_TOKEN",
                                    "signingSecret", "",
                                    "userToken", ""));

    /** Keys whose objects are merged with the wider ones; other objects replace them. */
    private static final Set<String> MERGED =
            Set.of(
                    "streaming",
                    "actions",
                    "botLoopProtection",
                    "commands",
                    "heartbeat",
                    "execApprovals",
                    "retry",
                    "network",
                    "capabilities",
                    "thread",
                    "threadBindings",
                    "slashCommand",
                    "intents",
                    "presence",
                    "eventQueue",
                    "dm");

    private final Environment environment;

    Accounts(Environment environment) {
        this.environment = environment;
    }

    Node.Obj expand(Node.Obj root) {
        if (!(root.get("channels").orElse(Node.Obj.empty()) instanceof Node.Obj channels)) {
            return root;
        }
        Node.Obj defaults = object(channels, "defaults");
        Node.Obj expanded = channels;
        for (String name : CREDENTIALS.keySet()) {
            if (channels.get(name).orElse(Node.Text.of("")) instanceof Node.Obj channel) {
                expanded = expanded.with(name, channel(name, channel, defaults));
            }
        }
        if (defaults.members().size() > 0) {
            expanded = expanded.with("web", over(defaults, object(channels, "web")));
        }
        return root.with("channels", expanded);
    }

    private Node.Obj channel(String name, Node.Obj channel, Node.Obj defaults) {
        Node.Obj written = object(channel, "accounts");
        Node.Obj base = over(defaults, channel.without("accounts").without("defaultAccount"));
        Map<String, String> credentials = CREDENTIALS.getOrDefault(name, Map.of());
        Node.Obj accounts = Node.Obj.empty();
        if (written.get(DEFAULT).isEmpty()
                && (written.members().isEmpty() || owns(channel, name))) {
            accounts = accounts.with(DEFAULT, withVariables(base, credentials));
        }
        for (Member member : written.members()) {
            if (member.value() instanceof Node.Obj account) {
                accounts = accounts.with(member.key(), account(member.key(), account, base, name));
            }
        }
        Node.Obj expanded = base.with("accounts", accounts);
        return channel.get("defaultAccount")
                .map(value -> expanded.with("defaultAccount", value))
                .orElse(expanded);
    }

    private Node.Obj account(String id, Node.Obj account, Node.Obj base, String name) {
        Map<String, String> credentials = CREDENTIALS.getOrDefault(name, Map.of());
        if (id.equals(DEFAULT)) {
            return withVariables(over(base, account), credentials);
        }
        Node.Obj inherited = base;
        for (String key : credentials.keySet()) {
            inherited = inherited.without(key);
        }
        return over(inherited, account);
    }

    private static boolean owns(Node.Obj channel, String name) {
        return CREDENTIALS.getOrDefault(name, Map.of()).keySet().stream()
                .anyMatch(key -> channel.get(key).isPresent());
    }

    /** The default account may take its tokens from the environment. */
    private Node.Obj withVariables(Node.Obj account, Map<String, String> credentials) {
        Node.Obj result = account;
        if (account.get("tokenFile").isPresent()) {
            return result;
        }
        for (Map.Entry<String, String> credential : credentials.entrySet()) {
            String variable = credential.getValue();
            boolean usable = !variable.isEmpty() && environment.get(variable).isPresent();
            if (usable && account.get(credential.getKey()).isEmpty()) {
                Node.Obj reference =
                        Node.Obj.empty()
                                .with("source", Node.Text.of("env"))
                                .with("id", Node.Text.of(variable));
                result = result.with(credential.getKey(), reference);
            }
        }
        return result;
    }

    private static Node.Obj object(Node.Obj owner, String key) {
        return owner.get(key).orElse(Node.Obj.empty()) instanceof Node.Obj object
                ? object
                : Node.Obj.empty();
    }

    private static Node.Obj over(Node.Obj lower, Node.Obj upper) {
        List<Member> members = new ArrayList<>();
        for (Member member : lower.members()) {
            if (upper.get(member.key()).isEmpty()) {
                members.add(member);
            }
        }
        for (Member member : upper.members()) {
            Node below = lower.get(member.key()).orElse(member.value());
            boolean merged = MERGED.contains(member.key());
            Node value = merged ? Merge.over(below, member.value()) : member.value();
            members.add(new Member(member.key(), member.keySpan(), value));
        }
        return new Node.Obj(members, upper.span());
    }
}
