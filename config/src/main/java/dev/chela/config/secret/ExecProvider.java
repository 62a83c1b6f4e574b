package dev.chela.config.secret;

import dev.chela.config.Secret;
import dev.chela.config.SecretsConfig;
import dev.chela.config.json5.Json5;
import dev.chela.config.json5.Json5Exception;
import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import dev.chela.config.load.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a command for a secret: without a shell, with only the variables it was given, bounded in
 * time and output.
 *
 * <p>The command reads {@code {"protocolVersion":1,"provider":…,"ids":[…]}} and answers {@code
 * {"protocolVersion":1,"values":{id: secret}}}; with {@code jsonOnly: false} any output is the
 * secret.
 */
final class ExecProvider {

    private static final Executor THREADS = command -> Thread.ofVirtual().start(command);

    private final Environment environment;

    ExecProvider(Environment environment) {
        this.environment = environment;
    }

    SecretAnswer read(String name, SecretsConfig.Provider provider, String id) {
        Path command = Path.of(provider.command().orElse(""));
        try {
            Optional<String> complaint = complaint(command, provider);
            return complaint.isPresent()
                    ? new SecretAnswer.Unavailable(complaint.get())
                    : run(command, name, provider, id);
        } catch (IOException e) {
            return new SecretAnswer.Unavailable(command + " cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SecretAnswer.Unavailable("interrupted while " + command + " ran");
        }
    }

    private static Optional<String> complaint(Path command, SecretsConfig.Provider provider)
            throws IOException {
        if (!command.isAbsolute() || !Files.isExecutable(command)) {
            return Optional.of(command + " is not an executable with an absolute path");
        }
        Path real = command.toRealPath();
        boolean trusted =
                provider.trustedDirs().isEmpty()
                        || provider.trustedDirs().stream().anyMatch(dir -> real.startsWith(dir));
        if (!trusted) {
            return Optional.of(real + " is in none of trustedDirs");
        }
        boolean posix = Files.getFileStore(real).supportsFileAttributeView("posix");
        boolean writable =
                posix
                        && !provider.allowInsecurePath()
                        && Files.getPosixFilePermissions(real)
                                .contains(PosixFilePermission.OTHERS_WRITE);
        return writable ? Optional.of(real + " can be changed by others") : Optional.empty();
    }

    private SecretAnswer run(Path command, String name, SecretsConfig.Provider provider, String id)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(provider.args());
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        fill(builder.environment(), provider);
        Process process = builder.start();
        try {
            CompletableFuture<String> output =
                    CompletableFuture.supplyAsync(
                            () -> converse(process, request(name, id), provider.maxOutputBytes()),
                            THREADS);
            String text = output.get(provider.timeout().toMillis(), TimeUnit.MILLISECONDS);
            boolean ended = process.waitFor(provider.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (!ended || process.exitValue() != 0) {
                return new SecretAnswer.Unavailable(command + " did not end with status 0");
            }
            return answer(command, provider, id, text);
        } catch (TimeoutException e) {
            return new SecretAnswer.Unavailable(
                    command + " did not answer within " + provider.timeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            return new SecretAnswer.Unavailable(command + " broke off: " + e.getCause());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void fill(Map<String, String> variables, SecretsConfig.Provider provider) {
        variables.clear();
        for (String name : provider.passEnv()) {
            environment.get(name).ifPresent(value -> variables.put(name, value));
        }
        variables.putAll(provider.env());
    }

    private static String converse(Process process, String request, int bytesMax) {
        try (InputStream in = process.getInputStream()) {
            try (OutputStream out = process.getOutputStream()) {
                out.write(request.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // A command that does not read its input is welcome to answer all the same.
                return read(in, bytesMax);
            }
            return read(in, bytesMax);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String read(InputStream in, int bytesMax) throws IOException {
        byte[] bytes = in.readNBytes(bytesMax + 1);
        if (bytes.length > bytesMax) {
            throw new IOException("more than " + bytesMax + " bytes of output");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String request(String name, String id) {
        Node.Obj request =
                Node.Obj.empty()
                        .with("protocolVersion", new Node.Num(BigDecimal.ONE, Span.NOWHERE))
                        .with("provider", Node.Text.of(name))
                        .with("ids", new Node.Arr(List.of(Node.Text.of(id)), Span.NOWHERE));
        return Json5Writer.line(request) + "\n";
    }

    private static SecretAnswer answer(
            Path command, SecretsConfig.Provider provider, String id, String text) {
        String value = value(provider, id, text);
        return value.isEmpty()
                ? new SecretAnswer.Unavailable(command + " gave no value for " + id)
                : new SecretAnswer.Available(Secret.of(value));
    }

    private static String value(SecretsConfig.Provider provider, String id, String text) {
        try {
            if (Json5.parse(text, "answer") instanceof Node.Obj answer
                    && answer.get("values").orElse(answer) instanceof Node.Obj values
                    && values.get(id).orElse(answer) instanceof Node.Text found) {
                return found.value();
            }
            return provider.jsonOnly() ? "" : text.strip();
        } catch (Json5Exception e) {
            return provider.jsonOnly() ? "" : text.strip();
        }
    }
}
