package dev.chela.harness.session;

/**
 * How a session is to begin anew.
 *
 * @param reason {@code new}, {@code reset}, {@code daily}, {@code idle}; kept with the archive
 * @param upTo messages that wait with a ticket up to this one are ended
 * @param keepTranscript only the native thread is dropped; session id, transcript and waiting
 *     messages stay
 */
public record ResetRequest(String reason, long upTo, boolean keepTranscript) {}
