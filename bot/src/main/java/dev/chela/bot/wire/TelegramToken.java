package dev.chela.bot.wire;

import dev.chela.config.Secret;
import dev.chela.config.TelegramAccount;
import dev.chela.config.secret.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the token of a Telegram account: in the config, or in a regular file it names. */
final class TelegramToken {

    private static final Logger LOG = LoggerFactory.getLogger(TelegramToken.class);

    private TelegramToken() {}

    static Optional<Secret> of(TelegramAccount account, Secrets secrets) {
        return secrets.resolve(account.botToken())
                .or(() -> account.tokenFile().flatMap(TelegramToken::read));
    }

    private static Optional<Secret> read(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            LOG.error("tokenFile={} is no regular file", file);
            return Optional.empty();
        }
        try {
            String token = Files.readString(file).strip();
            return token.isEmpty() ? Optional.empty() : Optional.of(Secret.of(token));
        } catch (IOException e) {
            LOG.error("tokenFile={} cannot be read", file, e);
            return Optional.empty();
        }
    }
}
