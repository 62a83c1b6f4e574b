package dev.chela.bot.cli;

import dev.chela.config.edit.ConfigEditor;
import dev.chela.config.edit.EditOptions;
import dev.chela.config.edit.EditResult;
import dev.chela.config.json5.Json5;
import dev.chela.config.json5.Json5Exception;
import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import dev.chela.config.load.LoadResult;
import dev.chela.config.load.Problem;
import dev.chela.config.shape.ConfigSchema;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code chela config}: looks at the config file and changes it. Works on a broken one, too. */
@Command(
        name = "config",
        description = "Check, read and change the config file.",
        mixinStandardHelpOptions = true)
final class ConfigCommand {

    @ParentCommand private Main main = new Main();

    /** How an edit is made, as written on the command line. */
    static final class EditFlags {

        @Option(names = "--replace", description = "allow that existing entries go away")
        private boolean replace;

        @Option(names = "--force", description = "write even what looks like an accident")
        private boolean force;

        @Option(names = "--dry-run", description = "check and write nothing")
        private boolean dryRun;

        EditOptions options(boolean merge) {
            return new EditOptions(merge, replace, force, dryRun, Optional.empty());
        }
    }

    @Command(
            name = "validate",
            description = "Check the file; lists every problem (exit 1 if there is one).",
            mixinStandardHelpOptions = true)
    int validate() {
        Surroundings here = main.surroundings();
        LoadResult result = here.loader().load();
        List<Problem> problems =
                switch (result) {
                    case LoadResult.Broken broken -> broken.problems();
                    case LoadResult.Loaded _ -> List.of();
                };
        List<String> advice = ConfigAdvice.of(here.loader(), result);
        if (main.printsJson()) {
            System.out.println(
                    Json5Writer.json(
                            Node.Obj.empty()
                                    .with("file", Node.Text.of(here.location().file().toString()))
                                    .with("valid", Words.bool(problems.isEmpty()))
                                    .with("problems", shown(problems))
                                    .with(
                                            "warnings",
                                            Words.array(
                                                    advice.stream().map(Node.Text::of).toList()))));
        } else if (problems.isEmpty()) {
            boolean absent = result instanceof LoadResult.Loaded ok && ok.hash().equals("absent");
            System.out.println(
                    here.location().file()
                            + (absent ? " does not exist; the defaults hold" : " is valid"));
            advice.forEach(line -> System.out.println("warning: " + line));
        } else {
            System.out.println(here.problems(problems));
            advice.forEach(line -> System.out.println("warning: " + line));
        }
        return problems.isEmpty() ? 0 : 1;
    }

    @Command(
            name = "get",
            description = "Print what is written at a path, secrets as stars.",
            mixinStandardHelpOptions = true)
    int get(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "PATH",
                            description = "for example channels.telegram.dmPolicy")
                    Optional<KeyPath> path) {
        Surroundings here = main.surroundings();
        LoadResult result = here.loader().load();
        KeyPath at = path.orElse(KeyPath.ROOT);
        Optional<Node> found = editor(here).get(at);
        if (found.isEmpty()) {
            here.usable(result);
            throw new RefusedException(at + " is not set in " + here.location().file());
        }
        System.out.println(
                main.printsJson() ? Json5Writer.json(found.get()) : Words.bare(found.get()));
        return 0;
    }

    @Command(
            name = "set",
            description = "Write a value; comments and layout stay.",
            mixinStandardHelpOptions = true)
    int set(
            @Parameters(index = "0", paramLabel = "PATH") KeyPath path,
            @Parameters(
                            index = "1",
                            paramLabel = "VALUE",
                            description = "JSON5; what is none is taken as text")
                    String value,
            @Option(names = "--strict-json", description = "refuse what is not JSON5")
                    boolean strict,
            @Option(names = "--merge", description = "add an object's keys to those there")
                    boolean merge,
            @Mixin EditFlags flags) {
        Node node = parsed(value, strict);
        EditResult result = editor(main.surroundings()).set(path, node, flags.options(merge));
        return report(path, result, flags, flags.dryRun ? "would write %s to" : "wrote %s to");
    }

    @Command(
            name = "unset",
            description = "Remove what is at a path.",
            mixinStandardHelpOptions = true)
    int unset(@Parameters(index = "0", paramLabel = "PATH") KeyPath path, @Mixin EditFlags flags) {
        EditResult result = editor(main.surroundings()).unset(path, flags.options(false));
        return report(
                path, result, flags, flags.dryRun ? "would remove %s from" : "removed %s from");
    }

    @Command(
            name = "file",
            description = "Print where the file is.",
            mixinStandardHelpOptions = true)
    int file() {
        String file = main.surroundings().location().file().toString();
        System.out.println(
                main.printsJson()
                        ? Json5Writer.json(Node.Obj.empty().with("file", Node.Text.of(file)))
                        : file);
        return 0;
    }

    @Command(
            name = "schema",
            description = "Print a JSON Schema for editors.",
            mixinStandardHelpOptions = true)
    int schema() {
        System.out.println(ConfigSchema.json(main.surroundings().loader().shape()));
        return 0;
    }

    private static ConfigEditor editor(Surroundings here) {
        return new ConfigEditor(here.loader(), Clock.systemUTC());
    }

    private static Node parsed(String value, boolean strict) {
        try {
            return Json5.parse(value, "value");
        } catch (Json5Exception notJson) {
            if (strict) {
                throw new RefusedException("the value is not JSON5: " + notJson.getMessage());
            }
            return Node.Text.of(value);
        }
    }

    private int report(KeyPath path, EditResult result, EditFlags flags, String words) {
        return switch (result) {
            case EditResult.Saved saved -> {
                done(path, "saved", words.formatted(path) + " " + saved.file());
                saved.warnings().forEach(warning -> System.err.println("warning: " + warning));
                ConfigAdvice.plainSecrets(main.surroundings().loader()).stream()
                        .filter(warning -> warning.startsWith(path.toString()))
                        .forEach(warning -> System.err.println("warning: " + warning));
                if (!flags.dryRun && RunningBot.holder(main.surroundings()).isPresent()) {
                    System.err.println("note: the running bot reads the config at its next start");
                }
                yield 0;
            }
            case EditResult.Unchanged unchanged -> {
                done(path, "unchanged", unchanged.file() + " says so already");
                yield 0;
            }
            case EditResult.Invalid invalid -> {
                StringBuilder text =
                        new StringBuilder("nothing was written, the config would be broken:");
                invalid.problems().forEach(problem -> text.append("\n  ").append(problem));
                throw new RefusedException(text.toString());
            }
            case EditResult.Refused refused -> throw new RefusedException(refused.reason());
        };
    }

    private void done(KeyPath path, String result, String words) {
        System.out.println(
                main.printsJson()
                        ? Json5Writer.json(
                                Node.Obj.empty()
                                        .with("path", Node.Text.of(path.toString()))
                                        .with("result", Node.Text.of(result)))
                        : words);
    }

    private static Node.Arr shown(List<Problem> problems) {
        return Words.array(problems.stream().map(ConfigCommand::shown).toList());
    }

    private static Node.Obj shown(Problem problem) {
        return Node.Obj.empty()
                .with("path", Node.Text.of(problem.path().toString()))
                .with("message", Node.Text.of(problem.message()))
                .with("file", Node.Text.of(problem.at().source()))
                .with("line", new Node.Num(BigDecimal.valueOf(problem.at().line()), Span.NOWHERE))
                .with(
                        "suggestions",
                        Words.array(problem.suggestions().stream().map(Node.Text::of).toList()));
    }
}
