package dev.chela.harness.scripted;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The {@code CODEX_HOME} of an app-server whose model is scripted.
 *
 * @param path the directory
 */
public record CodexHome(Path path) {

    /** The model name of the built-in catalogue that gets classic tools and tool search. */
    public static final String MODEL = "gpt-5.5";

    /** Writes {@code config.toml} for a scripted model without retries. */
    public static CodexHome forScriptedModel(Path home, URI model) throws IOException {
        return forScriptedModel(home, model, 0);
    }

    /**
     * Creates the directory and replaces its {@code config.toml}.
     *
     * @param model the base address, {@link ScriptedModel#baseUrl}
     * @param streamRetries how often Codex reconnects after a cut stream
     */
    public static CodexHome forScriptedModel(Path home, URI model, int streamRetries)
            throws IOException {
        Files.createDirectories(home);
        var config = TEMPLATE.formatted(MODEL, model, streamRetries);
        Files.writeString(home.resolve("config.toml"), config);
        return new CodexHome(home);
    }

    // Analytics, feedback and update checks would open connections; a shell snapshot runs the
    // user's login shell on each thread's first turn.
    private static final String TEMPLATE =
            """
            model = "%s"
            model_provider = "scripted"
            check_for_update_on_startup = false
            suppress_unstable_features_warning = true

            [model_providers.scripted]
            name = "scripted"
            base_url = "%s"
            wire_api = "responses"
            request_max_retries = 0
            stream_max_retries = %d

            [analytics]
            enabled = false

            [feedback]
            enabled = false

            [features]
            shell_snapshot = false
            default_mode_request_user_input = true
            """;
}
