package dev.chela.harness;

import java.nio.file.Path;
import java.util.List;

/**
 * What a turn is asked.
 *
 * @param text the words for the agent, untrusted context already fenced
 * @param images local files, sent inline
 */
public record Prompt(String text, List<Path> images) {

    public Prompt {
        images = List.copyOf(images);
    }

    public static Prompt of(String text) {
        return new Prompt(text, List.of());
    }
}
