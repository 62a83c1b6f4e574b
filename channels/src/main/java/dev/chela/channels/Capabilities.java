package dev.chela.channels;

import java.time.Duration;

/**
 * What a channel can do, declared rather than tried.
 *
 * @param maxChars longest text of one message, in UTF-16 units
 * @param edits whether a sent message can be changed: previews and outcome cards need it
 * @param askable whether the platform can tell afterwards if a send with a given key arrived
 * @param editPause shortest time between two edits of one message
 */
public record Capabilities(
        int maxChars,
        boolean edits,
        boolean deletes,
        boolean reactions,
        boolean buttons,
        boolean files,
        boolean typing,
        boolean threads,
        boolean askable,
        Duration editPause) {}
