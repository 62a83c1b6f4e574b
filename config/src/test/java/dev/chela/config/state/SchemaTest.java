package dev.chela.config.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

    private static final String AT = "/dev/chela/config/state/";

    @TempDir private Path directory;

    @Test
    void aNewerModuleIsBroughtUpToDateAndKeepsItsRows() {
        try (SqliteDatabase database = open(notes("V1__note.sql"))) {
            database.writeNow(
                    "notes.add", handle -> handle.execute("insert into note (text) values ('a')"));
        }
        try (SqliteDatabase database = open(notes("V1__note.sql", "V2__note_colour.sql"))) {
            String text =
                    database.readNow(
                            handle ->
                                    handle.select("select text from note where colour is null")
                                            .mapTo(String.class)
                                            .one());
            assertThat(text).isEqualTo("a");
        }
    }

    @Test
    void eachModuleHasAHistoryOfItsOwn() {
        SchemaPart other = new SchemaPart("other", List.of(AT + "other/V1__other.sql"));
        try (SqliteDatabase database = open(notes("V1__note.sql"), other)) {
            List<String> tables =
                    database.readNow(
                            handle ->
                                    handle.select(
                                                    "select name from sqlite_master where type = 'table'")
                                            .mapTo(String.class)
                                            .list());
            assertThat(tables).contains("note", "other", "history_notes", "history_other");
        }
    }

    @Test
    void aSchemaFromTheFutureIsRefused() {
        open(notes("V1__note.sql", "V2__note_colour.sql")).close();
        assertThatThrownBy(() -> open(notes("V1__note.sql")))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("newer Chela")
                .hasMessageContaining("notes schema is version 2, this Chela knows 1");
    }

    @Test
    void aBrokenMigrationNamesTheModuleAndLeavesTheRest() {
        open(notes("V1__note.sql")).close();
        assertThatThrownBy(() -> open(notes("V1__note.sql", "V3__broken.sql")))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("notes");
        open(notes("V1__note.sql")).close();
    }

    @Test
    void aMissingOrMisnamedScriptIsSaidSo() {
        assertThatThrownBy(() -> open(notes("V9__nothing.sql")))
                .hasMessageContaining("not on the class path");
        assertThatThrownBy(() -> open(notes("note.sql"))).hasMessageContaining("not named");
    }

    @Test
    void theFileIsReadableByItsOwnerOnly() throws Exception {
        open(notes("V1__note.sql")).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws Exception {
        Files.writeString(file(), "this is not a database, it is a letter".repeat(100));
        assertThatThrownBy(() -> open(notes("V1__note.sql")))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("not a database");
    }

    private Path file() {
        return directory.resolve("chela.db");
    }

    private SqliteDatabase open(SchemaPart... parts) {
        return SqliteDatabase.open(file(), List.of(parts), Checkpoints.none());
    }

    private static SchemaPart notes(String... names) {
        return new SchemaPart("notes", List.of(names).stream().map(AT::concat).toList());
    }
}
