package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The sandbox of a turn, as {@code turn/start} wants it and the server reports it. */
public sealed interface SandboxPolicy {

    /** The wire's tag. */
    @JsonProperty("type")
    String type();

    /** No sandbox. */
    record DangerFullAccess() implements SandboxPolicy {
        @Override
        public String type() {
            return "dangerFullAccess";
        }
    }

    /** Reads everything, writes nothing. */
    record ReadOnly(boolean networkAccess) implements SandboxPolicy {
        @Override
        public String type() {
            return "readOnly";
        }
    }

    /** Writes below the given roots. */
    record WorkspaceWrite(
            List<String> writableRoots,
            boolean networkAccess,
            boolean excludeTmpdirEnvVar,
            boolean excludeSlashTmp)
            implements SandboxPolicy {

        public WorkspaceWrite {
            writableRoots = Copies.of(writableRoots);
        }

        @Override
        public String type() {
            return "workspaceWrite";
        }
    }

    /** A policy that this version of Chela does not know. */
    record Unknown(String type, @JsonValue JsonNode raw) implements SandboxPolicy {}
}
