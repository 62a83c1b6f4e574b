package dev.chela.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.chela.architecture.SourceTree.SourceFile;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The sizes, names and calls of the house style, each with what to do instead. */
class HouseStyleTest {

    private static final int FILE_LINES_MAX = 500;
    private static final int TEST_FILE_LINES_MAX = 600;
    private static final int METHOD_LINES_MAX = 60;
    private static final int PARAMETERS_MAX = 7;
    private static final int COLLABORATORS_MAX = 8;

    private static final Pattern FORBIDDEN_NAME =
            Pattern.compile(
                    ".*(Manager|Helper|Util|Utils|Processor|Data|Info|Impl)$|^Abstract.*|^I[A-Z].*");

    private static final Map<String, String> FORBIDDEN_CALLS =
            Map.of(
                    "Thread.sleep(", "wait on a condition, a future or an injected scheduler",
                    "System.currentTimeMillis(", "take an injected InstantSource or Clock",
                    "Instant.now()", "take an injected InstantSource or Clock",
                    "new Thread(", "use Thread.ofVirtual() or Thread.ofPlatform()",
                    "@Disabled", "mend the test or delete it",
                    "e.printStackTrace(", "log it or throw it");

    /** Where a rule is bent, and why. The list may shrink, it does not grow silently. */
    private static final Map<String, String> EXEMPT_CALLS =
            Map.of(
                    "bot/src/test/java/dev/chela/architecture/HouseStyleTest.java",
                    "names the calls it forbids",
                    "harness/src/main/java/dev/chela/harness/SystemTimers.java",
                    "the one home of the machine's clock",
                    "harness/src/test/java/dev/chela/harness/kit/",
                    "the imitated server stamps its messages as the real one does");

    private static final Set<String> EXEMPT_TYPES =
            Set.of("Chela" /* the composition root takes everything */);

    @Test
    void filesAreShort() {
        List<String> tooLong = new ArrayList<>();
        List<SourceFile> main = SourceTree.main();
        assertThat(main).hasSizeGreaterThan(300);
        main.forEach(file -> report(file, FILE_LINES_MAX, tooLong));
        SourceTree.tests().forEach(file -> report(file, TEST_FILE_LINES_MAX, tooLong));
        assertThat(tooLong).as("split by behaviour, not by number").isEmpty();
    }

    @Test
    void linesFitAHundredColumns() {
        List<String> tooWide = new ArrayList<>();
        for (SourceFile file : SourceTree.main()) {
            List<String> lines = file.lines();
            for (int at = 0; at < lines.size(); at++) {
                String line = lines.get(at);
                if (line.length() > 100
                        && !line.startsWith("import ")
                        && !line.contains("\"\"\"")) {
                    tooWide.add("%s:%d".formatted(file.path(), at + 1));
                }
            }
        }
        assertThat(tooWide).isEmpty();
    }

    @Test
    void forbiddenCallsHaveABetterWay() {
        List<String> found = new ArrayList<>();
        for (SourceFile file : all()) {
            if (EXEMPT_CALLS.keySet().stream().noneMatch(file.path()::startsWith)) {
                FORBIDDEN_CALLS.forEach(
                        (call, instead) -> {
                            if (file.text().contains(call)) {
                                found.add("%s: %s - %s".formatted(file.path(), call, instead));
                            }
                        });
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void namesSayWhatAThingIs() {
        assertThat(
                        all().stream()
                                .map(SourceFile::path)
                                .filter(path -> !path.contains("/protocol/"))
                                .filter(
                                        path ->
                                                FORBIDDEN_NAME
                                                        .matcher(path.replaceAll(".*/|\\.java", ""))
                                                        .matches()))
                .as("a noun of the domain, docs/VOCABULARY.md")
                .isEmpty();
    }

    @Test
    void methodsAreShortAndTakeFewParameters() throws IOException {
        List<String> found = new ArrayList<>();
        JavacTask task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(
                                        null,
                                        null,
                                        diagnostic -> {},
                                        List.of("-proc:none"),
                                        null,
                                        SourceTree.main().stream().map(InMemory::new).toList());
        Trees trees = Trees.instance(task);
        int units = 0;
        for (CompilationUnitTree unit : task.parse()) {
            units++;
            unit.accept(new SizeScanner(trees, unit, found), null);
        }
        assertThat(units).isGreaterThan(300);
        assertThat(found).isEmpty();
    }

    private static List<SourceFile> all() {
        List<SourceFile> files = new ArrayList<>(SourceTree.main());
        files.addAll(SourceTree.tests());
        return files;
    }

    private static void report(SourceFile file, int max, List<String> into) {
        if (file.lines().size() > max) {
            into.add("%s: %d lines, at most %d".formatted(file.path(), file.lines().size(), max));
        }
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final SourceFile file;

        InMemory(SourceFile file) {
            super(URI.create("string:///" + file.path()), JavaFileObject.Kind.SOURCE);
            this.file = file;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return file.text();
        }
    }

    private static final class SizeScanner extends TreeScanner<Void, Void> {
        private final Trees trees;
        private final CompilationUnitTree unit;
        private final List<String> found;
        private String type = "";
        private boolean inRecord;

        SizeScanner(Trees trees, CompilationUnitTree unit, List<String> found) {
            this.trees = trees;
            this.unit = unit;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            String outer = type;
            boolean outerIsRecord = inRecord;
            type = tree.getSimpleName().toString();
            inRecord = tree.getKind() == Tree.Kind.RECORD;
            super.visitClass(tree, nothing);
            type = outer;
            inRecord = outerIsRecord;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            boolean constructor = method.getReturnType() == null;
            int parameters = method.getParameters().size();
            int allowed = constructor ? COLLABORATORS_MAX : PARAMETERS_MAX;
            boolean exempt = (constructor && inRecord) || EXEMPT_TYPES.contains(type);
            if (parameters > allowed && !exempt && !method.getModifiers().getFlags().isEmpty()) {
                add(
                        method,
                        "%d parameters, at most %d: make a record".formatted(parameters, allowed));
            }
            if (method.getBody() != null
                    && !method.getModifiers().getFlags().contains(Modifier.ABSTRACT)) {
                long from = trees.getSourcePositions().getStartPosition(unit, method.getBody());
                long to = trees.getSourcePositions().getEndPosition(unit, method.getBody());
                long lines =
                        unit.getLineMap().getLineNumber(to)
                                - unit.getLineMap().getLineNumber(from)
                                + 1;
                if (lines > METHOD_LINES_MAX) {
                    add(method, "%d lines, at most %d".formatted(lines, METHOD_LINES_MAX));
                }
            }
            return super.visitMethod(method, nothing);
        }

        private void add(MethodTree method, String problem) {
            found.add(
                    "%s %s.%s: %s"
                            .formatted(
                                    unit.getSourceFile().getName(),
                                    type,
                                    method.getName(),
                                    problem));
        }
    }
}
