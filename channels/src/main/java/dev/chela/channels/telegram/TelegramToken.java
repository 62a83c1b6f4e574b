package dev.chela.channels.telegram;

import dev.chela.channels.ChannelException;
import dev.chela.config.Secret;
import dev.chela.config.SecretInput;
import dev.chela.config.TelegramAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds an account's bot token. */
public final class TelegramToken {

    private static final String VARIABLE = "TELEGRAM_BOT_TOKEN";
    private static final String DEFAULT_ACCOUNT = "default";
    private static final int MAX_FILE_BYTES = 4096;
    private static final String SHAPE = "\\d{3,20}:[A-Za-z0-9_-]{20,100}";

    private TelegramToken() {}

    /**
     * The token from {@code botToken}, else {@code tokenFile}, else, for the default account, from
     * the environment.
     *
     * @param secrets resolves what the config only names
     * @throws ChannelException if there is none or it cannot be one; says where it was looked for
     */
    public static Secret find(
            String id,
            TelegramAccount account,
            Function<SecretInput, Secret> secrets,
            Map<String, String> environment) {
        String path =
                id.equals(DEFAULT_ACCOUNT)
                        ? "channels.telegram"
                        : "channels.telegram.accounts." + id;
        Optional<Secret> token =
                account.botToken().map(secrets).or(() -> account.tokenFile().map(f -> read(path, f)));
        if (token.isEmpty() && id.equals(DEFAULT_ACCOUNT)) {
            token = Optional.ofNullable(environment.get(VARIABLE)).map(Secret::of);
        }
        Secret found =
                token.orElseThrow(
                        () ->
                                new ChannelException(
                                        "%s: there is no bot token; get one from @BotFather and set"
                                                        .formatted(path)
                                                + " botToken, tokenFile or "
                                                + VARIABLE,
                                        null));
        if (!found.reveal().matches(SHAPE)) {
            throw new ChannelException(
                    path + ": the bot token does not look like 123456:ABC…; copy it again from"
                            + " @BotFather",
                    null);
        }
        return found;
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
            throw new ChannelException(
                    "%s.tokenFile: %s cannot be read".formatted(path, file), e);
        }
    }
}
