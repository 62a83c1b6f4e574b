package dev.chela.config.edit;

import dev.chela.config.json5.Json5;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.load.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file an edit goes to, and the path within it: an object that is nothing but one include is
 * edited in the included file.
 *
 * @param file without links, so that a linked config stays a link
 */
record Target(Path file, String text, String hash, KeyPath path, boolean isMain) {

    private static final String INCLUDE = "$include";
    private static final int LEVELS_MAX = 10;
    private static final String EMPTY = "{\n}\n";

    static Target find(ConfigFile main, KeyPath path) throws IOException {
        Path real = Files.exists(main.path()) ? main.path().toRealPath() : main.path();
        String text = main.text().filter(found -> !found.isBlank()).orElse(EMPTY);
        Target target = new Target(real, text, main.hash(), path, true);
        for (int i = 0; i < LEVELS_MAX; i++) {
            Optional<Target> inner = target.included();
            if (inner.isEmpty()) {
                return target;
            }
            target = inner.get();
        }
        throw new EditException("includes go too deep to be edited");
    }

    Node tree() {
        return Json5.parse(text, file.toString());
    }

    private Optional<Target> included() throws IOException {
        Node at = tree();
        List<String> steps = path.steps();
        for (int i = 0; i <= steps.size(); i++) {
            Optional<Node> include =
                    at instanceof Node.Obj object ? object.get(INCLUDE) : Optional.empty();
            boolean inside = i < steps.size() || path.isRoot();
            if (include.isPresent() && inside) {
                return Optional.of(follow((Node.Obj) at, include.get(), i));
            }
            Optional<Node> next =
                    i < steps.size() ? TreePath.step(at, steps.get(i)) : Optional.empty();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.empty();
    }

    private Target follow(Node.Obj object, Node include, int depth) throws IOException {
        KeyPath at = new KeyPath(path.steps().subList(0, depth));
        if (!(include instanceof Node.Text name) || object.members().size() > 1) {
            throw new EditException(
                    at
                            + " is put together from includes; edit the file that says it, since"
                            + " a write here would flatten them");
        }
        Path included = file.resolveSibling(name.value()).toRealPath();
        ConfigFile content = ConfigFile.read(included);
        KeyPath rest = new KeyPath(path.steps().subList(depth, path.steps().size()));
        return new Target(included, content.text().orElse(EMPTY), content.hash(), rest, false);
    }
}
