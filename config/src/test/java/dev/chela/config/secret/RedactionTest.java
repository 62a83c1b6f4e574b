package dev.chela.config.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    private final Redaction redaction =
            Redaction.of(
                    List.of(
                            Secret.of("hunter2-hunter2"),
                            Secret.of("with\"quote\n!"),
                            Secret.of("ab")));

    @Test
    void knownSecretsAreHiddenInAnyText() {
        assertThat(redaction.known("it is hunter2-hunter2, and {\"a\":\"with\\\"quote\\n!\"}"))
                .isEqualTo("it is ***, and {\"a\":\"***\"}");
    }

    @Test
    void aWordIsNotASecret() {
        assertThat(redaction.known("about a token: absolutely"))
                .isEqualTo("about a token: absolutely");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"botToken": "abcdef"}                | {"botToken": "***"}
                    {"x":"{\\"apiKey\\":\\"abcdef\\"}"}   | {"x":"{\\"apiKey\\":\\"***\\"}"}
                    OPENAI_API_KEY=abcdef next            | OPENAI_API_KEY=*** next
                    https://me:pass@host/x                | https://***@host/x
                    Authorization: Bearer abcdefghij      | Authorization: ***
                    GET /bot123456:ABC-def/getMe          | GET ***/getMe
                    xoxb-1234567890-abc                   | ***
                    the tokens were 5                     | the tokens were 5
                    """)
    void whatLooksLikeASecretIsHiddenInLogs(String text, String shown) {
        assertThat(redaction.everything(text)).isEqualTo(shown);
    }

    @Test
    void longHostileTextIsDoneQuickly() {
        String hostile = "token".repeat(40_000) + "=\"" + "\\".repeat(40_000);
        assertThat(redaction.everything(hostile)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "botToken,true",
        "API_KEY,true",
        "db_pass,true",
        "password,true",
        "mode,false",
        "port,false"
    })
    void secretKeysAreRecognised(String key, boolean secret) {
        assertThat(Redaction.isSecretKey(key)).isEqualTo(secret);
    }
}
