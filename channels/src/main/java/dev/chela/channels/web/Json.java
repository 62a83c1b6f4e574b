package dev.chela.channels.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chela.channels.http.Call;
import dev.chela.channels.http.HttpException;
import java.io.IOException;

/** Reads and writes the page's JSON. */
final class Json {

    static final ObjectMapper MAPPER =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private Json() {}

    /** The call's body as a {@code type}; 400 if it is none. */
    static <T> T read(Call call, Class<T> type, int bytesMax) throws IOException {
        byte[] body = call.body(bytesMax);
        try {
            T value = MAPPER.readValue(body, type);
            if (value == null) {
                throw new HttpException(400, "the body is empty");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new HttpException(400, "the body is not the expected JSON");
        }
    }

    static String write(Object value) throws IOException {
        return MAPPER.writeValueAsString(value);
    }
}
