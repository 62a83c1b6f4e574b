package dev.chela.channels.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.chela.channels.Button;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a message carries besides its words; stored as JSON. */
record Extras(List<StoredFile> files, List<List<Button>> buttons, @Nullable String replyTo) {

    static final Extras NONE = new Extras(List.of(), List.of(), null);

    Extras {
        files = List.copyOf(files);
        buttons = buttons.stream().map(List::copyOf).toList();
    }

    Optional<Button> button(String data) {
        return buttons.stream()
                .flatMap(List::stream)
                .filter(button -> button.data().equals(data))
                .findFirst();
    }

    String json() {
        try {
            return Json.MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message's extras do not fit into JSON", e);
        }
    }

    static Extras parse(String json) {
        try {
            return Json.MAPPER.readValue(json, Extras.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored extras are not readable: " + json, e);
        }
    }
}
