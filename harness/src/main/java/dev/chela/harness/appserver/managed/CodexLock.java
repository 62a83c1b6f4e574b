package dev.chela.harness.appserver.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The versions that this release of Chela trusts, with the digests of their packages. */
final class CodexLock {

    private static final String RESOURCE = "codex.lock.json";

    /**
     * One package of one platform.
     *
     * @param name {@code @openai/codex}
     * @param version {@code 0.169.0-linux-x64}; the folder's name, too
     * @param integrity {@code sha512-} and base64
     */
    record Entry(String codexVersion, String name, String version, String integrity) {}

    private final JsonNode json;

    CodexLock(JsonNode json) {
        this.json = json;
    }

    /** The lock file inside this release. */
    static CodexLock bundled() {
        return resource(RESOURCE);
    }

    /** A lock file beside this class. */
    static CodexLock resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(CodexLock.class.getResourceAsStream(name), name)) {
            return new CodexLock(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String pinned() {
        return json.path("pinned").asText();
    }

    /**
     * Finds a package.
     *
     * @throws CodexUnavailableException if there is none for that platform
     */
    Entry entry(String version, Platform platform) {
        JsonNode integrity = json.path("versions").path(version).path(platform.name());
        if (!integrity.isTextual()) {
            throw new CodexUnavailableException(
                    ("there is no Codex %s for %s; install one yourself and name it in"
                                    + " appServer.command or CHELA_CODEX_APP_SERVER_BIN")
                            .formatted(version, platform.name()),
                    null);
        }
        return new Entry(
                version,
                json.path("package").asText(),
                version + "-" + platform.name(),
                integrity.asText());
    }
}
