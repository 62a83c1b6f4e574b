/**
 * Markdown to each platform's markup, in messages that fit. Pure functions without threads or I/O:
 * CommonMark becomes styled text, styled text is cut at good places, and every piece is written
 * with markup of its own, so that nothing is left open and nothing is lost. The input is hostile:
 * everything is escaped, nesting is bounded. Knows no platform's API, only its markup.
 */
@NullMarked
package dev.chela.channels.text;

import org.jspecify.annotations.NullMarked;
