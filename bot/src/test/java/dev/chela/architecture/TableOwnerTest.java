package dev.chela.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.architecture.SourceTree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                    Map.entry("web_event", "channels/web"),
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

    @Test
    void onlyTheOwnerWritesSqlForItsTable() {
        List<String> strangers = new ArrayList<>();
        int seen = 0;
        for (SourceFile file : SourceTree.main()) {
            for (Map.Entry<String, String> table : OWNERS.entrySet()) {
                if (sqlOn(table.getKey()).matcher(file.text()).find()) {
                    seen++;
                    if (!file.path().contains("dev/chela/" + table.getValue() + "/")) {
                        strangers.add(
                                "%s writes SQL for %s, which belongs to %s"
                                        .formatted(file.path(), table.getKey(), table.getValue()));
                    }
                }
            }
        }
        assertThat(seen).as("SQL statements found").isGreaterThan(10);
        assertThat(strangers).isEmpty();
    }

    private static Pattern sqlOn(String table) {
        return Pattern.compile(
                "(?i)\\b(FROM|INTO|UPDATE|JOIN|TABLE)\\s+\"?" + table + "\"?(?=[\\s(,;\"]|$)(?-i)",
                Pattern.MULTILINE);
    }
}
