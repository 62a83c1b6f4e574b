package dev.chela.channels.text;

/**
 * The words of one message.
 *
 * @param markup in the platform's markup, balanced and escaped
 * @param plain the same words without markup, for platforms that refused the markup
 */
public record RenderedText(String markup, String plain) {}
