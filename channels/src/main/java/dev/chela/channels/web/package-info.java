/**
 * The local web chat: a page, the calls it makes, and the log it catches up from. Message states
 * are rows numbered by their last change; a page asks for what changed after the number it has.
 * Each call runs on its own virtual thread; the rows are the only state that outlives it. Markdown
 * leaves here as a tree of known elements and never as HTML. Knows nothing of turns or commands.
 */
@NullMarked
package dev.chela.channels.web;

import org.jspecify.annotations.NullMarked;
