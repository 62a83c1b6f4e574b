package dev.chela.harness.scripted;

/**
 * What a tool gave back to the model.
 *
 * @param callId the call it answers
 * @param text all its text parts; foreign
 */
public record ToolOutput(String callId, String text) {}
