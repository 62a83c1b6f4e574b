package dev.chela.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a turn is asked.
 *
 * @param text the words for the agent, untrusted context already fenced
 * @param images local files, sent inline
 * @param surroundings what else it shows: by conversation, the newest ticket of what was said there
 *     and addressed to nobody
 */
public record Prompt(String text, List<Path> images, Map<String, Long> surroundings) {

    /** One that shows nothing but the messages themselves. */
    public Prompt(String text, List<Path> images) {
        this(text, images, Map.of());
    }

    public Prompt {
        images = List.copyOf(images);
        surroundings = Map.copyOf(surroundings);
    }

    public static Prompt of(String text) {
        return new Prompt(text, List.of());
    }
}
