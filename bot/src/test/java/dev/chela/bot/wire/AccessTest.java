package dev.chela.bot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.EventId;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.Sender;
import dev.chela.channels.access.AccessPolicy;
import dev.chela.channels.access.AccessRules;
import dev.chela.channels.access.LoopRules;
import dev.chela.config.ChelaConfig;
import dev.chela.config.Live;
import dev.chela.config.testing.TestConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the config says about access, as the channels are told it. */
final class AccessTest {

    private static final Conversation ROOM = group("-100", Optional.empty());
    private static final Conversation TOPIC = group("-100", Optional.of("7"));
    private static final Conversation OTHER = group("-200", Optional.empty());

    @Test
    void theOperatorsWordsForUsAreAMention() {
        AccessRules rules =
                rules("messages: { groupChat: { mentionPatterns: ['\\\\bcrab\\\\b'] } }", "");

        assertThat(mentions(rules, ROOM, "hello CRAB, what now")).isTrue();
        assertThat(mentions(rules, ROOM, "crabs are red")).isFalse();
    }

    @Test
    void anAgentsOwnWordsGoBeforeTheGeneralOnes() {
        AccessRules rules =
                rules(
                        """
                        messages: { groupChat: { mentionPatterns: ['crab'], historyLimit: 3 } },
                        agents: { list: [ { id: 'main', default: true },
                          { id: 'sea', groupChat: { mentionPatterns: ['kelp'], historyLimit: 9 } } ] },
                        bindings: [ { agentId: 'sea',
                          match: { channel: 'telegram', peer: { kind: 'group', id: '-100' } } } ]
                        """,
                        "");

        assertThat(mentions(rules, ROOM, "kelp?")).isTrue();
        assertThat(mentions(rules, ROOM, "crab?")).isFalse();
        assertThat(rules.historyLimit()).isEqualTo(9);
    }

    @Test
    void aTopicsOwnAgentGoesBeforeEveryBinding() {
        ChelaConfig config =
                config(
                        "agents: { list: [ { id: 'main', default: true },"
                                + " { id: 'sea', groupChat: { mentionPatterns: ['kelp'] } } ] }",
                        "groups: { '-100': { topics: { '7': { agentId: 'sea' } } } },");

        assertThat(mentions(access(config).rules(TOPIC), TOPIC, "kelp")).isTrue();
        assertThat(mentions(access(config).rules(ROOM), ROOM, "kelp")).isFalse();
    }

    @Test
    void patternsCountOnlyWhereTheChannelLetsThem() {
        String messages = "messages: { groupChat: { mentionPatterns: ['crab'] } }";
        ChelaConfig denied =
                config(messages, "mentionPatterns: { denyIn: ['-100:topic:7', '-200'] },");
        ChelaConfig allowed =
                config(messages, "mentionPatterns: { mode: 'deny', allowIn: ['-100'] },");

        assertThat(mentions(access(denied).rules(ROOM), ROOM, "crab")).isTrue();
        assertThat(mentions(access(denied).rules(TOPIC), TOPIC, "crab")).isFalse();
        assertThat(mentions(access(denied).rules(OTHER), OTHER, "crab")).isFalse();
        assertThat(mentions(access(allowed).rules(ROOM), ROOM, "crab")).isTrue();
        assertThat(mentions(access(allowed).rules(OTHER), OTHER, "crab")).isFalse();
    }

    @Test
    void wordsAroundAMessageAreShownToAListOnly() {
        String listed = "allowFrom: ['1'], groupPolicy: 'open', contextVisibility: '%s',";
        AccessRules all = rules("", listed.formatted("all"));
        AccessRules strict = rules("", listed.formatted("allowlist"));
        AccessRules quotes = rules("", listed.formatted("allowlist_quote"));

        assertThat(AccessPolicy.showsContext(all, ROOM, Optional.of("2"), false)).isTrue();
        assertThat(AccessPolicy.showsContext(strict, ROOM, Optional.of("1"), false)).isTrue();
        assertThat(AccessPolicy.showsContext(strict, ROOM, Optional.of("2"), true)).isFalse();
        assertThat(AccessPolicy.showsContext(strict, ROOM, Optional.empty(), true)).isFalse();
        assertThat(AccessPolicy.showsContext(quotes, ROOM, Optional.of("2"), true)).isTrue();
        assertThat(AccessPolicy.showsContext(quotes, ROOM, Optional.of("2"), false)).isFalse();
    }

    @Test
    void loopsAreToldAsTheAccountSays() {
        AccessRules rules =
                rules(
                        "",
                        "botLoopProtection: { maxEventsPerWindow: 3, windowSeconds: 5, cooldownSeconds: 9 },");

        assertThat(rules.loops())
                .isEqualTo(new LoopRules(true, 3, Duration.ofSeconds(5), Duration.ofSeconds(9)));
        assertThat(rules("", "botLoopProtection: { enabled: false },").loops().enabled()).isFalse();
    }

    @Test
    void aGroupsTalkMayBeLeftOut() {
        assertThat(rules("", "includeGroupHistoryContext: 'off',").historyLimit()).isZero();
        assertThat(rules("messages: { groupChat: { historyLimit: 4 } }", "").historyLimit())
                .isEqualTo(4);
        assertThat(
                        rules("messages: { groupChat: { historyLimit: 4 } }", "historyLimit: 6,")
                                .historyLimit())
                .isEqualTo(6);
    }

    private static AccessRules rules(String root, String telegram) {
        return access(config(root, telegram)).rules(ROOM);
    }

    private static Access access(ChelaConfig config) {
        return new Access(Live.of(config), List::of);
    }

    private static ChelaConfig config(String root, String telegram) {
        return TestConfig.of(
                "{ channels: { telegram: { botToken: '123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', %s } }, %s }"
                        .formatted(telegram, root));
    }

    private static boolean mentions(AccessRules rules, Conversation place, String text) {
        return AccessPolicy.addressed(
                rules,
                new InboundMessage(
                        new EventId("telegram", "default", "1"),
                        place,
                        new Sender("1", "Ann", Optional.empty(), false),
                        Instant.EPOCH,
                        "1",
                        text,
                        false,
                        false,
                        Optional.empty(),
                        List.of()));
    }

    private static Conversation group(String peer, Optional<String> topic) {
        return new Conversation("telegram", "default", ChatKind.GROUP, peer, topic);
    }
}
