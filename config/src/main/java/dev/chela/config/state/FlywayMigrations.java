package dev.chela.config.state;

import java.io.Reader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** The only class that sees Flyway; loaded only when a module's migrations changed. */
final class FlywayMigrations {

    private FlywayMigrations() {}

    static void run(DataSource source, String module, MigrationSet known) {
        try {
            Flyway.configure(FlywayMigrations.class.getClassLoader())
                    .dataSource(source)
                    .table("history_" + module)
                    .resourceProvider(new ListedScripts(known.scripts()))
                    .javaMigrationClassProvider(List::of)
                    .skipDefaultCallbacks(true)
                    .failOnMissingLocations(false)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new DatabaseException(
                    "cannot bring the " + module + " schema up to date: " + e.getMessage(), e);
        }
    }

    /** Gives Flyway exactly the scripts of the module: nothing is searched for. */
    private record ListedScripts(List<MigrationSet.Script> scripts) implements ResourceProvider {

        @Override
        public @Nullable LoadableResource getResource(String name) {
            return scripts.stream()
                    .filter(script -> script.name().equals(name))
                    .map(ScriptResource::new)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return scripts.stream()
                    .filter(script -> script.name().startsWith(prefix))
                    .filter(script -> Arrays.stream(suffixes).anyMatch(script.name()::endsWith))
                    .<LoadableResource>map(ScriptResource::new)
                    .toList();
        }
    }

    private static final class ScriptResource extends LoadableResource {

        private final MigrationSet.Script script;

        ScriptResource(MigrationSet.Script script) {
            this.script = script;
        }

        @Override
        public Reader read() {
            return new StringReader(script.sql());
        }

        @Override
        public String getAbsolutePath() {
            return script.name();
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return script.name();
        }

        @Override
        public String getFilename() {
            return script.name();
        }

        @Override
        public String getRelativePath() {
            return script.name();
        }
    }
}
