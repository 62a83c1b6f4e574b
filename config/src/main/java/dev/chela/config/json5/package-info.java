/**
 * JSON5 as a tree that knows where everything stands in the text: positions for errors, spans for
 * edits that leave comments and layout alone. Pure functions; knows nothing of files or of what the
 * keys mean.
 */
@NullMarked
package dev.chela.config.json5;

import org.jspecify.annotations.NullMarked;
