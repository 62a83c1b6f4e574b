package dev.chela.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.architecture.SourceTree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** SQL for a table occurs only in the package that owns it (house.md, "Who owns what"). */
class TableOwnerTest {

    private static final Map<String, String> OWNERS =
            Map.ofEntries(
                    Map.entry("inbox", "channels/inbox"),
                    Map.entry("cursor", "channels/inbox"),
                    Map.entry("outbox", "channels/delivery"),
                    Map.entry("preview", "channels/delivery"),
                    Map.entry("pairing", "channels/access"),
                    Map.entry("access", "channels/access"),
                    Map.entry("web_message", "channels/web"),
                    Map.entry("web_file", "channels/web"),
                    Map.entry("session", "harness/session"),
                    Map.entry("turn", "harness/session"),
                    Map.entry("turn_input", "harness/session"),
                    Map.entry("binding", "harness/session"),
                    Map.entry("archive", "harness/session"),
                    Map.entry("transcript", "harness/session"),
                    Map.entry("claim", "harness/session"),
                    Map.entry("claim_end", "harness/session"),
                    Map.entry("claim_grant", "harness/session"),
                    Map.entry("tool_call", "harness/tools"),
                    Map.entry("approval", "harness/approval"),
                    Map.entry("approval_memory", "harness/approval"),
                    Map.entry("app_server", "harness/appserver"),
                    Map.entry("audit", "commands"));

    private static final Pattern CREATED =
            Pattern.compile(
                    "\\bCREATE\\s+(?:VIRTUAL\\s+)?TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?\"?(\\w+)",
                    Pattern.CASE_INSENSITIVE);

    @Test
    void everyTableOfAMigrationHasItsOwnerHereAndNoOtherIsNamed() {
        Set<String> created = new TreeSet<>();
        for (SourceFile migration : SourceTree.migrations()) {
            CREATED.matcher(migration.text())
                    .results()
                    .forEach(table -> created.add(table.group(1)));
        }

        assertThat(created).containsExactlyInAnyOrderElementsOf(OWNERS.keySet());
    }

    @Test
    void onlyTheOwnerWritesSqlForItsTable() {
        List<String> strangers = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        List<SourceFile> files = new ArrayList<>(SourceTree.main());
        files.addAll(SourceTree.migrations());
        for (SourceFile file : files) {
            OWNERS.forEach(
                    (table, owner) -> {
                        if (!sqlOn(table).matcher(file.text()).find()) {
                            return;
                        }
                        if (file.path().endsWith(".java")) {
                            seen.add(table);
                        }
                        if (!file.path().contains("dev/chela/" + owner + "/")) {
                            strangers.add(
                                    "%s writes SQL for %s, which belongs to %s"
                                            .formatted(file.path(), table, owner));
                        }
                    });
        }
        assertThat(seen).as("tables that some class asks").containsAll(OWNERS.keySet());
        assertThat(strangers).isEmpty();
    }

    private static Pattern sqlOn(String table) {
        return Pattern.compile(
                "(?i)\\b(FROM|INTO|UPDATE|JOIN|TABLE)\\s+\"?" + table + "\"?(?=[\\s(,;\"]|$)(?-i)",
                Pattern.MULTILINE);
    }
}
