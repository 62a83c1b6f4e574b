package dev.chela.channels.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.pengrad.telegrambot.model.Update;
import com.pengrad.telegrambot.utility.BotUtils;
import dev.chela.channels.InboundMessage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an agent reads of what people send. */
class UpdateMapperTest {

    private final UpdateMapper mapper =
            new UpdateMapper("default", new Identity(9, "chela_bot", false), Map.of());

    @Test
    void anAddressBehindWordsIsReadToo() {
        String text =
                """
                "text": "@chela_bot read this and https://a.example",
                "entities": [
                  {"type": "mention", "offset": 0, "length": 10},
                  {"type": "text_link", "offset": 16, "length": 4, "url": "https://b.example/x"},
                  {"type": "text_link", "offset": 25, "length": 17, "url": "https://a.example"}]
                """;

        assertThat(read(text)).isEqualTo("read this (https://b.example/x) and https://a.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'\"poll\": {\"id\": \"1\", \"question\": \"Tea?\"}'; [poll: Tea?]",
                "'\"dice\": {\"emoji\": \"X\", \"value\": 3}'; [dice: X 3]",
                "'\"venue\": {\"title\": \"Pier\", \"address\": \"Sea 1\"}'; '[place: Pier, Sea 1]'",
            })
    void whatHasNoWordsIsNotMetWithSilence(String content, String words) {
        assertThat(read(content)).isEqualTo(words);
    }

    private String read(String content) {
        String json =
                """
                {"update_id": 1, "message": {"message_id": 5, "date": 1767225600,
                  "chat": {"id": 7, "type": "private"},
                  "from": {"id": 7, "first_name": "Ann", "is_bot": false}, %s}}
                """
                        .formatted(content);
        return mapper.map(BotUtils.fromJson(json, Update.class))
                .map(InboundMessage.class::cast)
                .map(InboundMessage::text)
                .orElse("");
    }
}
