package dev.chela.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms, and what each room may touch (house.md, style 2.9). */
class ModuleDirectionTest {

    private static final JavaClasses CHELA =
            new ClassFileImporter()
                    .withImportOption(new DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("test-classes"))
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages("dev.chela");

    @Test
    void theScanSawTheWholeHouse() {
        assertThat(CHELA).hasSizeGreaterThan(300);
        assertThat(CHELA.stream().map(type -> type.getPackageName().split("\\.")[2]).distinct())
                .contains("config", "channels", "harness", "commands", "bot");
    }

    @Test
    void configKnowsNobody() {
        check(mustNotSee("dev.chela.config..", "channels", "harness", "commands", "bot"));
    }

    @Test
    void channelsAndHarnessNeverSeeEachOther() {
        check(mustNotSee("dev.chela.channels..", "harness", "commands", "bot"));
        check(mustNotSee("dev.chela.harness..", "channels", "commands", "bot"));
    }

    @Test
    void commandsDoNotSeeTheProcess() {
        check(mustNotSee("dev.chela.commands..", "bot"));
    }

    @Test
    void eachPlatformLibraryStaysInItsAdapter() {
        check(onlyIn("net.dv8tion..", "dev.chela.channels.discord.."));
        check(onlyIn("com.pengrad..", "dev.chela.channels.telegram.."));
        check(onlyIn("com.slack..", "dev.chela.channels.slack.."));
        check(onlyIn("org.flywaydb..", "dev.chela.config.state.."));
        check(onlyIn("org.commonmark..", "dev.chela.channels.text..", "dev.chela.channels.web.."));
        check(onlyIn("picocli..", "dev.chela.bot.cli.."));
    }

    @Test
    void processesAreStartedInThreePlacesOnly() {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "dev.chela.harness.appserver..",
                                "dev.chela.config.secret..",
                                "dev.chela.bot.cli..")
                        .should()
                        .dependOnClassesThat()
                        .areAssignableTo(ProcessBuilder.class)
                        .because("only the app-server, exec secrets and the CLI start processes");
        check(rule);
    }

    @Test
    void packagesFormNoCycles() {
        for (String module : new String[] {"config", "channels", "harness", "commands", "bot"}) {
            check(
                    slices().matching("dev.chela." + module + ".(*)..")
                            .should()
                            .beFreeOfCycles()
                            .allowEmptyShould(true));
        }
    }

    @Test
    void everyPackageIsNullMarked() {
        check(
                classes()
                        .that()
                        .resideInAPackage("dev.chela..")
                        .should()
                        .resideInAPackage("dev.chela..")
                        .andShould(BeInNullMarkedPackage.RULE));
    }

    @Test
    void noGenericExceptionsAndNoStandardStreams() {
        check(NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS);
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages("dev.chela.bot.cli..", "dev.chela.bench..")
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err")
                        .because("people are spoken to through channels, operators through logs"));
    }

    private static ArchRule mustNotSee(String from, String... modules) {
        String[] targets = new String[modules.length];
        for (int at = 0; at < modules.length; at++) {
            targets[at] = "dev.chela." + modules[at] + "..";
        }
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(targets);
    }

    private static ArchRule onlyIn(String library, String... homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static void check(ArchRule rule) {
        rule.check(CHELA);
    }
}
