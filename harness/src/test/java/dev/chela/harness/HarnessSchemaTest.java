package dev.chela.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.SchemaPart;
import dev.chela.config.state.SqliteDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarnessSchemaTest {

    /** What the first states were made with; never to be changed. */
    private static final List<String> FIRST =
            List.of(
                    "/dev/chela/harness/appserver/V10__app_server.sql",
                    "/dev/chela/harness/session/V20__binding.sql",
                    "/dev/chela/harness/session/V21__session.sql",
                    "/dev/chela/harness/approval/V30__approval.sql",
                    "/dev/chela/harness/tools/V31__tool_call.sql");

    @Test
    void aStateOfTheFirstVersionIsBroughtUpToDate(@TempDir Path folder) {
        Path file = folder.resolve("chela.db");
        open(file, new SchemaPart("harness", FIRST)).close();

        try (SqliteDatabase database = open(file, HarnessSchema.part())) {
            int claims =
                    database.readNow(
                            handle ->
                                    handle.createQuery("SELECT count(*) FROM claim")
                                            .mapTo(Integer.class)
                                            .one());
            assertThat(claims).isZero();
        }
    }

    private static SqliteDatabase open(Path file, SchemaPart part) {
        return SqliteDatabase.open(file, List.of(part), Checkpoints.none());
    }
}
