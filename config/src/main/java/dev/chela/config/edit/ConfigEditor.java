package dev.chela.config.edit;

import dev.chela.config.json5.Json5Exception;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Node.Member;
import dev.chela.config.load.ConfigFile;
import dev.chela.config.load.ConfigLoader;
import dev.chela.config.load.LoadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Changes the config file on behalf of a person.
 *
 * <p>Safe against itself in other processes: a lock beside the file holds while it writes, and the
 * text it began with is compared before it replaces the file. Not for threads that must not wait.
 */
public final class ConfigEditor {

    private final ConfigLoader loader;
    private final Audit audit;

    public ConfigEditor(ConfigLoader loader, InstantSource clock) {
        this.loader = loader;
        this.audit = new Audit(loader.location().stateDirectory(), clock);
    }

    /** What is written at {@code path}, variables unresolved, every secret replaced by stars. */
    public Optional<Node> get(KeyPath path) {
        return loader.written()
                .map(root -> new SecretMask(loader.shape()).apply(root))
                .flatMap(root -> TreePath.find(root, path));
    }

    /** Writes {@code value} at {@code path}. */
    public EditResult set(KeyPath path, Node value, EditOptions options) {
        return edit(path, options, "set", target -> setIn(target, value, options));
    }

    /** Removes what is at {@code path}. */
    public EditResult unset(KeyPath path, EditOptions options) {
        return edit(path, options, "unset", target -> TextEdit.unset(target.text(), target.path()));
    }

    /** Puts the keys of {@code patch} over the config; {@code null} removes a key. */
    public EditResult patch(Node.Obj patch, EditOptions options) {
        return edit(KeyPath.ROOT, options, "patch", target -> Patch.apply(target.text(), patch));
    }

    /** Makes the new text of a target. */
    @FunctionalInterface
    private interface Change {
        String of(Target target);
    }

    private static String setIn(Target target, Node value, EditOptions options) {
        Optional<Node> old = TreePath.find(target.tree(), target.path());
        if (options.merge()
                && value instanceof Node.Obj added
                && old.orElse(value) instanceof Node.Obj) {
            String text = target.text();
            for (Member member : added.members()) {
                text = TextEdit.set(text, target.path().key(member.key()), member.value());
            }
            return text;
        }
        Optional<String> lost = old.flatMap(before -> Losses.of(before, value));
        if (lost.isPresent() && !options.replace()) {
            throw new EditException(
                    target.path()
                            + " would lose "
                            + lost.get()
                            + "; use --merge to add, or"
                            + " --replace to have it so");
        }
        return TextEdit.set(target.text(), target.path(), value);
    }

    private EditResult edit(KeyPath path, EditOptions options, String action, Change change) {
        try (WriteLock _ = WriteLock.take(loader.location().file())) {
            ConfigFile main = ConfigFile.read(loader.location().file());
            if (options.expectedHash().filter(hash -> !hash.equals(main.hash())).isPresent()) {
                return new EditResult.Refused(
                        main.path() + " was changed meanwhile; read it again and repeat the edit");
            }
            Target target = Target.find(main, path);
            String next = change.of(target);
            if (next.equals(target.text())) {
                return new EditResult.Unchanged(target.file());
            }
            return check(main, target, next, options, action);
        } catch (EditException e) {
            return new EditResult.Refused(String.valueOf(e.getMessage()));
        } catch (Json5Exception e) {
            return new EditResult.Refused(
                    "the file is not JSON5 (line "
                            + e.line()
                            + ": "
                            + e.getMessage()
                            + "); mend it by hand or with doctor --fix");
        } catch (IOException e) {
            return new EditResult.Refused("the config cannot be read or written: " + e);
        }
    }

    private EditResult check(
            ConfigFile main, Target target, String next, EditOptions options, String action)
            throws IOException {
        boolean inMain = target.isMain();
        String mainText = inMain ? next : main.text().orElse("{}");
        LoadResult result = loader.parse(mainText, inMain ? Map.of() : Map.of(target.file(), next));
        return switch (result) {
            case LoadResult.Broken broken -> new EditResult.Invalid(broken.problems());
            case LoadResult.Loaded loaded -> {
                Optional<String> accident = Accident.in(target, next, inMain);
                if (accident.isPresent() && !options.force()) {
                    yield new EditResult.Refused(accident.get());
                }
                if (!options.dryRun()) {
                    write(target, next, action);
                }
                yield new EditResult.Saved(
                        target.file(), ConfigFile.hashOf(next), loaded.warnings());
            }
        };
    }

    private void write(Target target, String next, String action) throws IOException {
        Path file = target.file();
        String before = ConfigFile.read(file).hash();
        if (!before.equals(target.hash())) {
            throw new EditException(file + " was changed meanwhile; repeat the edit");
        }
        Backups.keep(file);
        AtomicFile.write(file, next);
        audit.record(action, target, before, ConfigFile.hashOf(next));
    }
}
