package dev.chela.harness;

import dev.chela.config.state.SchemaPart;
import java.util.List;

/** The tables of this module; each migration lies beside the package that owns its table. */
public final class HarnessSchema {

    private HarnessSchema() {}

    /**
     * All migrations, by number. A new one has the highest: states that passed the others refuse
     * one that comes in between.
     */
    public static SchemaPart part() {
        return new SchemaPart(
                "harness",
                List.of(
                        "/dev/chela/harness/appserver/V10__app_server.sql",
                        "/dev/chela/harness/session/V20__binding.sql",
                        "/dev/chela/harness/session/V21__session.sql",
                        "/dev/chela/harness/approval/V30__approval.sql",
                        "/dev/chela/harness/tools/V31__tool_call.sql",
                        "/dev/chela/harness/approval/V32__approval_memory.sql",
                        "/dev/chela/harness/session/V35__archive.sql",
                        "/dev/chela/harness/session/V36__claim.sql",
                        "/dev/chela/harness/session/V37__claim_end.sql",
                        "/dev/chela/harness/session/V38__ambient_input.sql",
                        "/dev/chela/harness/session/V39__session_id.sql",
                        "/dev/chela/harness/session/V40__context_thread.sql",
                        "/dev/chela/harness/session/V41__claim_untold.sql",
                        "/dev/chela/harness/appserver/V42__process_start.sql"));
    }
}
