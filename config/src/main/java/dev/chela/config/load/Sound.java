package dev.chela.config.load;

import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import java.util.List;
import java.util.Optional;

/**
 * The part of a tree that nothing is wrong with. The rules look at it too, so that a person gets
 * every problem at once and not the next ones after mending the first.
 */
final class Sound {

    private Sound() {}

    /**
     * The tree without what the problems are about.
     *
     * @return empty if it is of no use without that: what others refer to by its position would
     *     move
     */
    static Optional<Node.Obj> partOf(Node.Obj root, List<Problem> problems) {
        Node.Obj sound = root;
        for (Problem problem : problems) {
            List<String> steps = problem.path().steps();
            if (steps.isEmpty() || steps.stream().anyMatch(KeyPath::isIndex)) {
                return Optional.empty();
            }
            sound = without(sound, steps);
        }
        return Optional.of(sound);
    }

    /** Whether a rule's complaint may only follow from what is wrong already. */
    static boolean follows(Problem complaint, List<Problem> problems) {
        return problems.stream().anyMatch(problem -> touches(problem, complaint.path()));
    }

    private static boolean touches(Problem problem, KeyPath path) {
        return begins(path, problem.path())
                || problem.suggestions().stream()
                        .anyMatch(meant -> begins(path, problem.path().parent().key(meant)));
    }

    private static boolean begins(KeyPath path, KeyPath with) {
        int length = with.steps().size();
        return path.steps().size() >= length
                && path.steps().subList(0, length).equals(with.steps());
    }

    private static Node.Obj without(Node.Obj object, List<String> steps) {
        String key = steps.getFirst();
        Optional<Node> next = object.get(key);
        if (next.isEmpty()) {
            return object;
        }
        boolean further = steps.size() > 1 && next.get() instanceof Node.Obj;
        return further
                ? object.with(key, without((Node.Obj) next.get(), steps.subList(1, steps.size())))
                : object.without(key);
    }
}
