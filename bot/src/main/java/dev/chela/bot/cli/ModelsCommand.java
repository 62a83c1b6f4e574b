package dev.chela.bot.cli;

import dev.chela.config.Secret;
import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.Node;
import dev.chela.config.load.Environment;
import dev.chela.config.load.LoadResult;
import dev.chela.harness.Legible;
import dev.chela.harness.auth.DeviceCode;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code chela models}: the account behind the models. */
@Command(
        name = "models",
        description = "Sign in to Codex.",
        mixinStandardHelpOptions = true,
        subcommands = ModelsCommand.Auth.class)
final class ModelsCommand {

    @ParentCommand private Main main = new Main();

    /** {@code chela models auth}. */
    @Command(
            name = "auth",
            description = "The account Codex uses.",
            mixinStandardHelpOptions = true)
    static final class Auth {

        private static final Set<String> PROVIDERS = Set.of("openai", "openai-codex");
        private static final int LINE_CHARS_MAX = 300;

        @ParentCommand private ModelsCommand models = new ModelsCommand();
        @Spec private CommandSpec spec = CommandSpec.create();

        @Command(
                name = "login",
                description = {
                    "Sign Codex in: with the key in CODEX_API_KEY or OPENAI_API_KEY, or with a"
                            + " ChatGPT account (--device-code)."
                },
                mixinStandardHelpOptions = true)
        int login(
                @Option(
                                names = "--device-code",
                                description = "show a code to type in a browser on any device")
                        boolean deviceCode,
                @Option(
                                names = "--provider",
                                paramLabel = "NAME",
                                defaultValue = "openai",
                                description = "openai (the only one)")
                        String provider) {
            if (!PROVIDERS.contains(provider)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--provider is \"" + provider + "\", expected openai or openai-codex");
            }
            Surroundings here = models.main.surroundings();
            Optional<Secret> key = deviceCode ? Optional.empty() : Optional.of(key(here));
            try (Desks desks = Desks.open(here)) {
                desks.signIn(key, this::show);
            }
            System.out.println(
                    models.main.printsJson()
                            ? Json5Writer.line(Node.Obj.empty().with("signedIn", Words.bool(true)))
                            : "Codex is signed in.");
            return 0;
        }

        /** For a person, so not on the stream that a script reads. */
        private void show(DeviceCode code) {
            var out = models.main.printsJson() ? System.err : System.out;
            out.println("Open   " + Legible.line(code.url(), LINE_CHARS_MAX));
            if (!code.code().isEmpty()) {
                out.println("Type   " + Legible.line(code.code(), LINE_CHARS_MAX));
            }
            out.println("Waiting for you (Ctrl-C gives up) ...");
            out.flush();
        }

        private static Secret key(Surroundings here) {
            Environment environment =
                    here.loader().load() instanceof LoadResult.Loaded loaded
                            ? loaded.environment()
                            : here.environment();
            return environment
                    .get("CODEX_API_KEY")
                    .or(() -> environment.get("OPENAI_API_KEY"))
                    .map(Secret::of)
                    .orElseThrow(
                            () ->
                                    new RefusedException(
                                            "there is no key in CODEX_API_KEY or OPENAI_API_KEY;"
                                                    + " set one, or sign in with a ChatGPT account:"
                                                    + " chela models auth login --device-code"));
        }
    }
}
