package dev.chela.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.chela.config.ChannelsConfig;
import dev.chela.config.ChelaConfig;
import dev.chela.config.load.Dormant;
import dev.chela.config.meta.Flat;
import dev.chela.config.meta.Prefixed;
import dev.chela.config.meta.Retired;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every key of the config has an effect, or whoever sets it is told that it has none. */
final class ConfigInUseTest {

    /** Loading, checking and editing the config is no effect of it. */
    private static final Set<String> ABOUT_CONFIG =
            Set.of(
                    "dev.chela.config.load",
                    "dev.chela.config.edit",
                    "dev.chela.config.shape",
                    "dev.chela.config.json5",
                    "dev.chela.config.meta");

    /** What loading itself acts on, and what is only a note of the operator. */
    private static final Set<String> USED_BY_LOADING =
            Set.of(
                    "AccessGroup.type",
                    "BindingConfig.comment",
                    "ChannelsConfig.defaults",
                    "ChelaConfig.env");

    /** They ask about channels that may not exist; that is no effect of a channel's section. */
    private static final Set<String> ABOUT_CHANNELS =
            Set.of("dev.chela.bot.web.Readiness", "dev.chela.bot.route.Appointed");

    private static final JavaClasses CHELA =
            new ClassFileImporter()
                    .withImportOption(new DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("test-classes"))
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages("dev.chela");

    @Test
    void aKeyThatNobodyReadsIsOnTheListOfDormantKeys() {
        Set<String> unread = new TreeSet<>();
        for (Class<?> record : reachable()) {
            for (RecordComponent key : record.getRecordComponents()) {
                if (!isDormant(record, key)
                        && !key.isAnnotationPresent(Retired.class)
                        && !isFlat(key)
                        && !USED_BY_LOADING.contains(name(record, key))
                        && !isRead(record, key)) {
                    unread.add(name(record, key));
                }
            }
        }

        assertThat(String.join(" ", unread))
                .as("keys without effect; wire them or list them in config.load.Dormant")
                .isEmpty();
    }

    @Test
    void aKeyOnTheListIsReadByNobody() {
        Set<String> read = new TreeSet<>();
        Set<String> known = new TreeSet<>();
        for (Class<?> record : reachable()) {
            for (RecordComponent key : record.getRecordComponents()) {
                known.add(name(record, key));
                if (isDormant(record, key) && (isRead(record, key) || isFlat(key))) {
                    read.add(name(record, key));
                }
            }
        }

        assertThat(read).as("keys with an effect; take them off config.load.Dormant").isEmpty();
        assertThat(known).as("keys that exist").containsAll(Dormant.all().keySet());
    }

    @Test
    void whatIsSaidOfADormantKeyIsAWholeThought() {
        assertThat(Dormant.all())
                .allSatisfy((key, words) -> assertThat(words).matches(".{10,160}[^.]"));
    }

    /** Records that a living key leads to. */
    private static Set<Class<?>> reachable() {
        Set<Class<?>> found = new LinkedHashSet<>();
        visit(ChelaConfig.class, found);
        assertThat(found).hasSizeGreaterThan(40);
        return found;
    }

    private static void visit(Class<?> record, Set<Class<?>> found) {
        if (!found.add(record)) {
            return;
        }
        Arrays.stream(record.getRecordComponents())
                .filter(key -> !isDormant(record, key))
                .filter(key -> !key.isAnnotationPresent(Retired.class))
                .filter(key -> !USED_BY_LOADING.contains(name(record, key)))
                .flatMap(key -> classes(key.getGenericType()))
                .filter(Class::isRecord)
                .filter(type -> type.getPackageName().equals("dev.chela.config"))
                .forEach(type -> visit(type, found));
    }

    private static Stream<Class<?>> classes(Type type) {
        return switch (type) {
            case Class<?> plain -> Stream.of(plain);
            case ParameterizedType generic ->
                    Arrays.stream(generic.getActualTypeArguments())
                            .flatMap(ConfigInUseTest::classes);
            case WildcardType any ->
                    Arrays.stream(any.getUpperBounds()).flatMap(ConfigInUseTest::classes);
            default -> Stream.of();
        };
    }

    private static boolean isRead(Class<?> record, RecordComponent key) {
        JavaClass type = CHELA.get(record);
        Stream<JavaCodeUnit> fromOutside =
                Stream.concat(
                        type.getMethod(key.getName()).getCallsOfSelf().stream()
                                .map(JavaAccess::getOrigin),
                        type.getMethod(key.getName()).getReferencesToSelf().stream()
                                .map(JavaAccess::getOrigin));
        Stream<JavaCodeUnit> fromInside =
                type.getField(key.getName()).getAccessesToSelf().stream()
                        .map(JavaAccess::getOrigin)
                        .filter(origin -> !(origin instanceof JavaConstructor))
                        .filter(origin -> !origin.getName().equals(key.getName()));
        return Stream.concat(fromOutside, fromInside)
                .filter(
                        origin ->
                                !ABOUT_CHANNELS.contains(origin.getOwner().getName())
                                        || !record.equals(ChannelsConfig.class))
                .anyMatch(origin -> !ABOUT_CONFIG.contains(origin.getOwner().getPackageName()));
    }

    /** A component whose record's keys stand beside the others; it is no key itself. */
    private static boolean isFlat(RecordComponent key) {
        return key.isAnnotationPresent(Flat.class)
                || key.getType().isAnnotationPresent(Prefixed.class);
    }

    private static boolean isDormant(Class<?> record, RecordComponent key) {
        return Dormant.all().containsKey(name(record, key));
    }

    private static String name(Class<?> record, RecordComponent key) {
        return Dormant.nameOf(record) + "." + key.getName();
    }
}
