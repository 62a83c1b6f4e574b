package dev.chela.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.Release;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The version stands in the poms, which must repeat it, and in one class. */
class VersionTest {

    private static final Pattern VERSION =
            Pattern.compile("<artifactId>chela</artifactId>\\s*<version>([^<]+)</version>");

    @Test
    void everyPomHasTheVersionThatChelaSays() {
        assertThat(version(Path.of("pom.xml"))).isEqualTo(Release.VERSION);
        assertThat(SourceTree.MODULES)
                .allSatisfy(
                        module ->
                                assertThat(version(Path.of(module, "pom.xml")))
                                        .isEqualTo(Release.VERSION));
    }

    @Test
    void noOtherFileRepeatsIt() {
        String literal = "\"" + Release.VERSION + "\"";

        assertThat(SourceTree.main())
                .filteredOn(file -> file.text().contains(literal))
                .extracting(SourceTree.SourceFile::path)
                .containsExactly("config/src/main/java/dev/chela/config/Release.java");
        assertThat(SourceTree.read(SourceTree.root().resolve("chela")))
                .doesNotContain(Release.VERSION)
                .contains("$app/bot.jar");
    }

    private static String version(Path pom) {
        Matcher found = VERSION.matcher(SourceTree.read(SourceTree.root().resolve(pom)));
        assertThat(found.find()).as("a version in %s", pom).isTrue();
        return found.group(1);
    }
}
