package dev.chela.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.commands.CommandSpec.Group;
import dev.chela.commands.CommandSpec.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTest {

    private final CommandLine line =
            new CommandLine(
                    new CommandRegistry(
                            List.of(
                                    plain("new", Kind.STANDALONE),
                                    plain("stop", Kind.STANDALONE),
                                    plain("export-session", Kind.STANDALONE),
                                    plain("status", Kind.INLINE),
                                    new OneWord("model"),
                                    new OneKnownWord("queue", "collect"))));

    @Test
    void aCommandWithArgumentsIsTheWholeMessage() {
        assertThat(standalone("/new  Fix the Build ").arguments()).isEqualTo("Fix the Build");
    }

    @Test
    void aColonAfterTheNameSeparatesAndTheNameIgnoresCase() {
        assertThat(standalone("/NEW: hello").arguments()).isEqualTo("hello");
        assertThat(standalone("/new:hello").arguments()).isEqualTo("hello");
    }

    @Test
    void telegramsUnderscoreSpellingFindsTheHyphenatedCommand() {
        assertThat(standalone("/export_session").command().spec().name())
                .isEqualTo("export-session");
    }

    @Test
    void aPlainStopMeansTheStopCommandOnlyWhenItIsEverything() {
        assertThat(standalone("Stop!").command().spec().name()).isEqualTo("stop");
        assertThat(line.read("stop the server please", true)).isInstanceOf(Reading.Prose.class);
    }

    @Test
    void aDirectiveInProseIsTakenOutWithItsWord() {
        Reading.Prose prose = prose("please /model gpt-5.5 fix it");
        assertThat(prose.text()).isEqualTo("please  fix it");
        assertThat(prose.directives())
                .singleElement()
                .satisfies(found -> assertThat(found.arguments()).isEqualTo("gpt-5.5"));
    }

    @Test
    void aDirectiveAloneLeavesNoText() {
        assertThat(prose("/model gpt-5.5").text()).isEmpty();
    }

    @Test
    void oneWordThatADirectiveDoesNotKnowIsAMistakeAndNoProse() {
        Reading.Prose prose = prose("/queue sideways");
        assertThat(prose.text()).isEmpty();
        assertThat(prose.directives())
                .singleElement()
                .satisfies(found -> assertThat(found.arguments()).isEqualTo("sideways"));

        assertThat(prose("/queue collect").text()).isEmpty();
        assertThat(prose("/queue go on now").text()).isEqualTo("go on now");
        assertThat(prose("quick /queue now").text()).isEqualTo("quick  now");
    }

    @Test
    void aShortcutInProseIsAnsweredAndTheRestGoesOn() {
        Reading.Prose prose = prose("/status and then run the tests");
        assertThat(prose.shortcuts()).hasSize(1);
        assertThat(prose.text()).isEqualTo("and then run the tests");
    }

    @Test
    void strangersDirectivesStayPlainText() {
        assertThat(line.read("use /model gpt-5.5", false))
                .isEqualTo(new Reading.Prose("use /model gpt-5.5", List.of(), List.of()));
    }

    @Test
    void aPathIsNoCommand() {
        assertThat(prose("/usr/bin/env is missing").text()).isEqualTo("/usr/bin/env is missing");
        assertThat(prose("look at /etc/status please").shortcuts()).isEmpty();
    }

    @Test
    void anUnknownSlashWordIsNamed() {
        assertThat(line.read("/nonsense now", true))
                .isEqualTo(new Reading.UnknownCommand("nonsense"));
    }

    @Test
    void twoCommandsCannotShareAName() {
        assertThatThrownBy(
                        () ->
                                new CommandRegistry(
                                        List.of(
                                                plain("new", Kind.STANDALONE),
                                                plain("new", Kind.INLINE))))
                .hasMessageContaining("/new");
    }

    @Test
    void wordsAreSplitAsAShellDoes() {
        assertThat(Tokens.split("a 'b c' \"d\\\"e\" '' f\\ g"))
                .contains(List.of("a", "b c", "d\"e", "", "f g"));
        assertThat(Tokens.split("'never closed")).isEmpty();
        assertThat(Tokens.split("end\\")).contains(List.of("end\\"));
    }

    private Reading.Found standalone(String text) {
        return ((Reading.Standalone) line.read(text, true)).found();
    }

    private Reading.Prose prose(String text) {
        return (Reading.Prose) line.read(text, true);
    }

    private static Command plain(String name, Kind kind) {
        CommandSpec spec = CommandSpec.of(name, "", "test", Group.SESSION).as(kind);
        return new Command() {
            @Override
            public CommandSpec spec() {
                return spec;
            }

            @Override
            public CommandAnswer run(CommandCall call) {
                return new CommandAnswer.Silent("test");
            }
        };
    }

    private record OneKnownWord(String name, String word) implements Directive {
        @Override
        public CommandSpec spec() {
            return CommandSpec.of(name, "[word]", "test", Group.SESSION).as(Kind.DIRECTIVE);
        }

        @Override
        public int takes(List<String> following) {
            return !following.isEmpty() && following.getFirst().equals(word) ? 1 : 0;
        }

        @Override
        public CommandAnswer run(CommandCall call) {
            return new CommandAnswer.Silent("test");
        }
    }

    private record OneWord(String name) implements Directive {
        @Override
        public CommandSpec spec() {
            return CommandSpec.of(name, "[name]", "test", Group.SESSION).as(Kind.DIRECTIVE);
        }

        @Override
        public int takes(List<String> following) {
            return Math.min(1, following.size());
        }

        @Override
        public CommandAnswer run(CommandCall call) {
            return new CommandAnswer.Silent("test");
        }
    }
}
