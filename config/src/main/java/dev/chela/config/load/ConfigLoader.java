package dev.chela.config.load;

import dev.chela.config.ChelaConfig;
import dev.chela.config.Secret;
import dev.chela.config.json5.Json5;
import dev.chela.config.json5.Json5Exception;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Node.Member;
import dev.chela.config.json5.Span;
import dev.chela.config.shape.RecordShape;
import dev.chela.config.shape.Shapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Loads the config: file, includes, variables, strict binding, rules. Loading has no effects and
 * resolves no secret reference. A loader may be used again and by several threads.
 */
public final class ConfigLoader {

    private final ConfigLocation location;
    private final Environment environment;
    private final Shapes shapes = new Shapes();

    /** A loader that knows the given variables and those of the {@code .env} files. */
    public ConfigLoader(ConfigLocation location, Environment environment) {
        this.location = location;
        this.environment = location.withDotEnv(environment);
    }

    public ConfigLocation location() {
        return location;
    }

    /** Loads the file; a missing one gives the defaults. */
    public LoadResult load() {
        try {
            ConfigFile file = ConfigFile.read(location.file());
            return parse(file.text().orElse("{}"), file.hash(), Map.of());
        } catch (IOException e) {
            Problem problem =
                    Problem.of(
                            KeyPath.ROOT,
                            location.file() + " cannot be read: " + e.getMessage(),
                            Span.NOWHERE);
            return new LoadResult.Broken(List.of(problem), "unreadable");
        }
    }

    /** Checks a text as if it were in the file. */
    public LoadResult parse(String text) {
        return parse(text, Map.of());
    }

    /**
     * Checks a text as if it were in the file, and {@code unsaved} texts as if they were in
     * included files; their paths have no links in them.
     */
    public LoadResult parse(String text, Map<Path, String> unsaved) {
        return parse(text, ConfigFile.hashOf(text), unsaved);
    }

    /**
     * What is written, includes followed and variables left as they are; empty if it cannot be
     * read.
     */
    public Optional<Node.Obj> written() {
        Problems problems = new Problems();
        try {
            String text = ConfigFile.read(location.file()).text().orElse("{}");
            return tree(text, problems)
                    .map(
                            node ->
                                    new Includes(location, problems, Map.of())
                                            .expand(node, KeyPath.ROOT))
                    .filter(Node.Obj.class::isInstance)
                    .map(Node.Obj.class::cast);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The shape of the whole config. */
    public RecordShape shape() {
        return shapes.of(ChelaConfig.class);
    }

    private LoadResult parse(String text, String hash, Map<Path, String> unsaved) {
        Problems problems = new Problems();
        Optional<Node> tree = tree(text, problems);
        if (tree.isEmpty()) {
            return new LoadResult.Broken(problems.errors(), hash);
        }
        Includes includes = new Includes(location, problems, unsaved);
        Node expanded = includes.expand(tree.get(), KeyPath.ROOT);
        if (!(expanded instanceof Node.Obj root)) {
            problems.error(KeyPath.ROOT, "expected an object, found " + expanded.kind(), expanded);
            return new LoadResult.Broken(problems.errors(), hash);
        }
        Environment known = environment.filledWith(envBlock(root));
        Node substituted = new Variables(known, problems).substitute(root, KeyPath.ROOT);
        Set<Secret> secrets = new LinkedHashSet<>();
        Optional<ChelaConfig> config =
                substituted instanceof Node.Obj object
                        ? bind(object, known, problems, secrets)
                        : Optional.empty();
        if (config.isEmpty() || !problems.none()) {
            return new LoadResult.Broken(problems.errors(), hash);
        }
        List<Path> files = new ArrayList<>(List.of(location.file()));
        files.addAll(includes.files());
        return new LoadResult.Loaded(
                config.get(), problems.warnings(), hash, files, known, secrets);
    }

    private Optional<Node> tree(String text, Problems problems) {
        String name = String.valueOf(location.file().getFileName());
        try {
            return Optional.of(Json5.parse(text.isBlank() ? "{}" : text, name));
        } catch (Json5Exception e) {
            String message = "column " + e.column() + ": " + e.getMessage();
            problems.error(Problem.of(KeyPath.ROOT, message, new Span(name, 0, 0, e.line())));
            return Optional.empty();
        }
    }

    /** First as written, for the errors; then completed and with inheritance, for use. */
    private Optional<ChelaConfig> bind(
            Node.Obj root, Environment known, Problems problems, Set<Secret> secrets) {
        RecordShape shape = shapes.of(ChelaConfig.class);
        PathBase base = new PathBase(location.home(), location.directory());
        Node.Obj completed = Completion.of(root, known);
        if (new Binder(problems, base).bind(completed, shape, ChelaConfig.class).isEmpty()) {
            checkSoundPart(root, known, base, problems);
            return Optional.empty();
        }
        Node.Obj effective = new Accounts(known).expand(completed);
        Problems again = new Problems();
        Binder binder = new Binder(again, base);
        Optional<ChelaConfig> config = binder.bind(effective, shape, ChelaConfig.class);
        secrets.addAll(binder.secrets());
        again.errors().forEach(problems::error);
        config.ifPresent(bound -> new ConfigRules(new Places(root), problems).check(bound));
        return config;
    }

    private void checkSoundPart(
            Node.Obj root, Environment known, PathBase base, Problems problems) {
        List<Problem> found = problems.errors();
        Problems more = new Problems();
        Sound.partOf(root, found)
                .map(sound -> Completion.of(sound, known))
                .map(new Accounts(known)::expand)
                .flatMap(
                        sound ->
                                new Binder(new Problems(), base)
                                        .bind(
                                                sound,
                                                shapes.of(ChelaConfig.class),
                                                ChelaConfig.class))
                .ifPresent(bound -> new ConfigRules(new Places(root), more).check(bound));
        more.errors().stream()
                .filter(complaint -> !Sound.follows(complaint, found))
                .forEach(problems::error);
    }

    private static Map<String, String> envBlock(Node.Obj root) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (root.get("env").orElse(Node.Obj.empty()) instanceof Node.Obj env) {
            collect(env, variables);
            if (env.get("vars").orElse(Node.Obj.empty()) instanceof Node.Obj vars) {
                collect(vars, variables);
            }
        }
        return variables;
    }

    private static void collect(Node.Obj object, Map<String, String> variables) {
        for (Member member : object.members()) {
            if (member.value() instanceof Node.Text text && !text.value().contains("${")) {
                variables.put(member.key(), text.value());
            }
        }
    }
}
