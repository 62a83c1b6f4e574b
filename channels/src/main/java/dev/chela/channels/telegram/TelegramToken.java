package dev.chela.channels.telegram;

import dev.chela.channels.ChannelException;
import dev.chela.config.Secret;
import dev.chela.config.SecretInput;
import dev.chela.config.TelegramAccount;
import dev.chela.config.secret.SecretAnswer;
import dev.chela.config.secret.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Finds an account's bot token. */
public final class TelegramToken {

    private static final String DEFAULT_ACCOUNT = "default";
    private static final int MAX_FILE_BYTES = 4096;
    private static final String SHAPE = "\\d{3,20}:[A-Za-z0-9_-]{20,100}";

    private TelegramToken() {}

    /**
     * The token from {@code botToken}, else {@code tokenFile}.
     *
     * @throws ChannelException if there is none or it cannot be one; says where it was looked for
     */
    public static Secret find(String id, TelegramAccount account, Secrets secrets) {
        String path =
                id.equals(DEFAULT_ACCOUNT)
                        ? "channels.telegram"
                        : "channels.telegram.accounts." + id;
        Optional<Secret> written = account.botToken().map(input -> resolve(path, input, secrets));
        Secret token =
                secrets.known(
                        written.or(() -> account.tokenFile().map(file -> read(path, file)))
                                .orElseThrow(() -> missing(path)));
        if (!token.reveal().matches(SHAPE)) {
            throw new ChannelException(
                    path
                            + ": the bot token does not look like 123456:ABC…; copy it again from"
                            + " @BotFather",
                    null);
        }
        return token;
    }

    private static ChannelException missing(String path) {
        return new ChannelException(
                path
                        + ": there is no bot token; get one from @BotFather and set botToken or"
                        + " tokenFile",
                null);
    }

    private static Secret resolve(String path, SecretInput input, Secrets secrets) {
        return switch (secrets.resolve(input)) {
            case SecretAnswer.Available(Secret value) -> value;
            case SecretAnswer.Unavailable(String reason) ->
                    throw new ChannelException(path + ".botToken: " + reason, null);
        };
    }

    private static Secret read(String path, Path file) {
        try {
            // A link could be pointed at another file after the operator looked at it.
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new ChannelException(
                        "%s.tokenFile: %s is no regular file".formatted(path, file), null);
            }
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new ChannelException(
                        "%s.tokenFile: %s is too large for a token".formatted(path, file), null);
            }
            return Secret.of(Files.readString(file).strip());
        } catch (IOException e) {
            throw new ChannelException("%s.tokenFile: %s cannot be read".formatted(path, file), e);
        }
    }
}
