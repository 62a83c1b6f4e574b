package dev.chela.harness;

import java.util.List;

/**
 * How turns reach people: what {@code bot} gives the lanes to read messages by and to hand results
 * to. Hand-overs are repeated after a crash, so every method must be harmless when called again.
 */
public interface TurnDesk {

    /** The words and pictures of these inbox tickets as one prompt, each sender labelled. */
    Prompt read(List<Long> tickets);

    /** Shows progress; best effort. */
    void progress(TurnContext turn, TurnEvent event);

    /** Takes the outcome; returns when the answer and the end of its tickets are on disk. */
    void finished(TurnContext turn, TurnOutcome outcome);

    /** These tickets end without a turn of their own; returns when that is on disk. */
    void ended(List<Long> tickets, InputEnd end);
}
