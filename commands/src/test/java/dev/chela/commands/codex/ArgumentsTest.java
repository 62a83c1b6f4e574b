package dev.chela.commands.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.commands.codex.Subcommand.Syntax;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static final Syntax BIND =
            Syntax.bare("bind", "test")
                    .words("[thread]", 0, 1)
                    .options("--cwd", "--model", "--provider")
                    .alsoSpelled("--provider", "--model-provider");

    @Test
    void optionsMayStandAnywhereAndBeQuoted() {
        Arguments arguments = parse("--cwd '/a b' t-1 --model gpt-5.5").orElseThrow();
        assertThat(arguments.word(0)).contains("t-1");
        assertThat(arguments.option("--cwd")).contains("/a b");
        assertThat(arguments.option("--model")).contains("gpt-5.5");
    }

    @Test
    void anythingMalformedIsRefusedWhole() {
        assertThat(parse("--cwd")).as("no value").isEmpty();
        assertThat(parse("--cwd --model x")).as("an option as value").isEmpty();
        assertThat(parse("--cwd a --cwd b")).as("twice").isEmpty();
        assertThat(parse("--nonsense x")).as("unknown").isEmpty();
        assertThat(parse("one two")).as("a word too many").isEmpty();
        assertThat(parse("'open")).as("an open quote").isEmpty();
        assertThat(parse("--provider a --model-provider b")).as("twice, spelled apart").isEmpty();
        assertThat(parse("-c /srv")).as("a short option").isEmpty();
        assertThat(parse("t-1 --cwd -x")).as("a value like an option").isEmpty();
    }

    @Test
    void aliasesAreKeptUnderOneName() {
        assertThat(parse("--model-provider local").orElseThrow().option("--provider"))
                .contains("local");
    }

    @Test
    void aVerbWithoutOptionsKnowsNone() {
        Syntax threads = Syntax.bare("threads", "test").words("[filter]", 0, Integer.MAX_VALUE);
        assertThat(Arguments.parse("old \"two words\"", threads).orElseThrow().words())
                .containsExactly("old", "two words");
        assertThat(Arguments.parse("old --limit 5", threads)).isEmpty();
    }

    @Test
    void aMessageIsTakenAsItIs() {
        Syntax steer = Syntax.bare("steer", "test").message("<message>");
        assertThat(Arguments.parse("don't stop --now", steer).orElseThrow().rest())
                .isEqualTo("don't stop --now");
        assertThat(Arguments.parse("", steer)).isEmpty();
    }

    private static Optional<Arguments> parse(String text) {
        return Arguments.parse(text, BIND);
    }
}
