package dev.chela.channels.text;

/** Characters of one style. */
record Span(String text, Style style) {}
