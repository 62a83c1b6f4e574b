package dev.chela.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.EventId;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.Sender;
import dev.chela.channels.access.AccessPolicy;
import dev.chela.channels.access.AccessRules;
import dev.chela.channels.access.CommandRules;
import dev.chela.channels.access.SenderList;
import dev.chela.channels.access.Verdict;
import dev.chela.commands.CommandSpec.Group;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who is heard only to decide says nothing else: the door and the parser agree. */
class ApproversDoorTest {

    private static final Conversation CHAT =
            new Conversation("telegram", "default", ChatKind.DIRECT, "7", Optional.empty());
    private static final AccessRules RULES =
            AccessRules.closed()
                    .but()
                    .commands(
                            CommandRules.standard()
                                    .withApprovers(
                                            SenderList.parse("telegram", List.of("7"), Map.of())))
                    .build();

    private final CommandLine line =
            new CommandLine(
                    new CommandRegistry(
                            List.of(
                                    new Command() {
                                        @Override
                                        public CommandSpec spec() {
                                            return CommandSpec.of(
                                                    "approve", "", "decide", Group.SAFETY);
                                        }

                                        @Override
                                        public CommandAnswer run(CommandCall call) {
                                            return CommandAnswer.say("");
                                        }
                                    })));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/approve abc deny",
                "/APPROVE: abc deny",
                " \n/approve\tabc deny",
                "/approve@x do this",
                "/approve, do this",
                "/approved by me",
                "please /approve abc deny",
                "\u0085/approve abc deny",
                "\u00a0/approve abc deny",
                "/approve\u00a0do this",
                "/approve\u0085do this",
                "/approve\u2028do this",
                "\u000b/approve do this",
                "/approve"
            })
    void whatTheDoorHearsIsRunAsTheCommand(String text) {
        InboundMessage message =
                new InboundMessage(
                        new EventId("telegram", "default", "1"),
                        CHAT,
                        new Sender("7", "Ann", Optional.empty(), false),
                        Instant.EPOCH,
                        "m",
                        text,
                        false,
                        false,
                        Optional.empty(),
                        List.of());
        if (AccessPolicy.judge(RULES, Set.of(), message) instanceof Verdict.Admitted admitted) {
            assertThat(line.read(text, admitted.commandsAllowed()))
                    .isInstanceOf(Reading.Standalone.class);
        }
    }
}
