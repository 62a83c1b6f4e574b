package dev.chela.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.ChelaConfig;
import dev.chela.config.shape.Field;
import dev.chela.config.shape.RecordShape;
import dev.chela.config.shape.Shape;
import dev.chela.config.shape.Shapes;
import dev.chela.config.testing.TestConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Goal: a slip of the pen in any known key is told with what was meant. */
class MisspeltKeyTest {

    /** A key of a record: the way to the record, the key, and its neighbours. */
    record Known(List<String> path, String key, Set<String> neighbours) {}

    private static final List<Known> KEYS = new ArrayList<>();

    static {
        collect(new Shapes().of(ChelaConfig.class), List.of());
    }

    private static void collect(RecordShape shape, List<String> path) {
        Set<String> keys = shape.fields().map(Field::key).collect(Collectors.toSet());
        if (shape.rest().isEmpty()) {
            keys.forEach(key -> KEYS.add(new Known(path, key, keys)));
        }
        shape.fields()
                .forEach(
                        field -> {
                            List<String> next = new ArrayList<>(path);
                            next.add(field.key());
                            descend(field.shape(), next);
                        });
    }

    private static void descend(Shape shape, List<String> path) {
        switch (shape) {
            case Shape.Maybe maybe -> descend(maybe.present(), path);
            case Shape.Fields fields -> collect(fields.of(), path);
            case Shape.Table table -> {
                List<String> next = new ArrayList<>(path);
                next.add("1");
                descend(table.value(), next);
            }
            case Shape.Items _, Shape.Scalar _, Shape.Time _, Shape.Words _ -> {}
        }
    }

    @Test
    void theWholeDocumentedSurfaceIsKnown() {
        assertThat(KEYS).hasSizeGreaterThan(500);
    }

    @Property(tries = 500)
    void aSlipIsToldWithWhatWasMeant(
            @ForAll("keys") Known known,
            @ForAll @IntRange(max = 60) int at,
            @ForAll @AlphaChars char letter) {
        int index = at % known.key().length();
        String slip = known.key().substring(0, index) + letter + known.key().substring(index + 1);
        Assume.that(!slip.equalsIgnoreCase(known.key()) && !known.neighbours().contains(slip));
        StringBuilder text = new StringBuilder("{");
        known.path().forEach(step -> text.append("\"").append(step).append("\": {"));
        text.append("\"").append(slip).append("\": 1").append("}".repeat(known.path().size() + 1));
        LoadResult result = TestConfig.load(text.toString(), Map.of());
        List<Problem> problems = ((LoadResult.Broken) result).problems();
        assertThat(problems)
                .filteredOn(problem -> problem.path().last().equals(slip))
                .singleElement()
                .satisfies(problem -> assertThat(problem.suggestions()).contains(known.key()));
    }

    @Provide
    Arbitrary<Known> keys() {
        return Arbitraries.of(KEYS);
    }
}
