package dev.chela.harness;

import java.util.List;

/**
 * How turns reach people: what {@code bot} gives the lanes to read messages by and to hand results
 * to. Hand-overs are repeated after a crash, so every method must be harmless when called again.
 */
public interface TurnDesk {

    /**
     * The words and pictures of these inbox tickets as one prompt, each sender labelled, with what
     * was said around them. Reading changes nothing: only {@link #taken} does.
     */
    Prompt read(List<Long> tickets);

    /** The words of one message alone, for a list of many. */
    String words(long ticket);

    /** Codex has this prompt: what it shows of its surroundings is not shown again. Best effort. */
    void taken(Prompt prompt);

    /** Shows progress; best effort. */
    void progress(TurnContext turn, TurnEvent event);

    /** Takes the outcome; returns when the answer and the end of its tickets are on disk. */
    void finished(TurnContext turn, TurnOutcome outcome);

    /**
     * The session spoken with from {@code source} began anew before this ticket: what happened
     * there earlier and waits to be told to it is not.
     */
    void renewed(Source source, long ticket);

    /** These tickets end without a turn of their own; returns when that is on disk. */
    void ended(List<Long> tickets, InputEnd end);
}
