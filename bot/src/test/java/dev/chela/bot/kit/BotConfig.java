package dev.chela.bot.kit;

import dev.chela.channels.telegram.kit.FakeTelegram;
import dev.chela.harness.scripted.CodexHome;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The configs that test bots run on. */
public final class BotConfig {

    /** The first of five hundred people who may talk to the bot; all of them own it. */
    public static final long FIRST_PERSON = 1001;

    /** A group in which the bot answers who names it. */
    public static final long GROUP = -100200300;

    /** Another group, with topics. */
    public static final long FORUM = -100200301;

    /** A group in which anybody may talk, and only the hundred may give commands. */
    public static final long OPEN_GROUP = -100200302;

    private static final String ASKING = "approvalPolicy: \"on-request\",";
    private static final int PEOPLE = 500;

    private BotConfig() {}

    /** Telegram alone, every reply posted. */
    public static String telegram(URI apiRoot) {
        return telegram(apiRoot, "visibleReplies: \"automatic\",");
    }

    /**
     * Telegram alone.
     *
     * @param messages members of the {@code messages} section
     */
    public static String telegram(URI apiRoot, String messages) {
        return telegram(apiRoot, messages, ASKING);
    }

    /**
     * Telegram alone.
     *
     * @param appServer members of the {@code appServer} section; writes stay in the workspace
     *     unless they say otherwise
     */
    public static String telegram(URI apiRoot, String messages, String appServer) {
        return whole(
                messages,
                appServer,
                """
                telegram: {
                  botToken: "%s", apiRoot: "%s", dmPolicy: "pairing", allowFrom: [%s],
                  mediaGroupFlushMs: 50, timeoutSeconds: 3,
                  groups: {
                    "%d": { requireMention: true }, "%d": {},
                    "%d": { groupPolicy: "open" },
                  },
                },
                """
                        .formatted(
                                FakeTelegram.TOKEN, apiRoot, people(), GROUP, FORUM, OPEN_GROUP));
    }

    /**
     * Telegram with one owner, the first person; the next {@code people - 1} may talk but own
     * nothing.
     *
     * @param more members of the {@code telegram} section
     */
    public static String telegramOfOneOwner(URI apiRoot, int people, String more) {
        return whole(
                "visibleReplies: \"automatic\",",
                ASKING,
                people(1),
                """
                telegram: {
                  botToken: "%s", apiRoot: "%s", dmPolicy: "allowlist", allowFrom: [%s],
                  mediaGroupFlushMs: 50, timeoutSeconds: 3, groups: { "%d": {} }, %s
                },
                """
                        .formatted(FakeTelegram.TOKEN, apiRoot, people(people), GROUP, more));
    }

    /** The web chat alone. */
    public static String web() {
        return whole("visibleReplies: \"automatic\",", ASKING, "web: { enabled: true },");
    }

    /** The same bot, but its app-server outlives it. */
    public static String outlived(String config) {
        return config.replace("appServer: {", "appServer: { outlivesBot: true,");
    }

    /** The same bot, which answers in any group where it is named. */
    public static String inAnyGroup(String config) {
        return config.replace("groups: {", "groups: { \"*\": { requireMention: true },");
    }

    /** The same bot with the web chat besides. */
    public static String withWeb(String config) {
        return config.replace("channels: {", "channels: { web: { enabled: true },");
    }

    /** The same bot, which waits for a decision on a command no longer than it must. */
    public static String impatient(String config) {
        return config.replace(
                "channels: {", "approvals: { exec: { timeoutSeconds: 10 } }, channels: {");
    }

    /** The same bot, which joins what somebody says on Telegram in quick succession. */
    public static String joining(String config) {
        return config.replace(
                "messages: {", "messages: { inbound: { byChannel: { telegram: 300 } },");
    }

    private static String whole(String messages, String appServer, String channels) {
        return whole(messages, appServer, people(), channels);
    }

    private static String whole(String messages, String appServer, String owners, String channels) {
        return """
        {
          gateway: { mode: "local", port: 0, drainTimeoutMs: 300 },
          plugins: { entries: { codex: { enabled: true, config: { appServer: {
            %s
          } } } } },
          agents: { defaults: { model: "openai/%s" } },
          messages: { %s },
          session: { dmScope: "per-channel-peer" },
          commands: { ownerAllowFrom: [%s] },
          channels: { %s },
        }
        """
                .formatted(boxed(appServer), CodexHome.MODEL, messages, owners, channels);
    }

    private static String boxed(String appServer) {
        return appServer.contains("sandbox:")
                ? appServer
                : appServer + " sandbox: \"workspace-write\",";
    }

    private static String people() {
        return people(PEOPLE);
    }

    private static String people(int count) {
        return IntStream.range(0, count)
                .mapToObj(at -> "\"telegram:" + (FIRST_PERSON + at) + "\"")
                .collect(Collectors.joining(", "));
    }
}
