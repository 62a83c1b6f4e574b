/**
 * Writes to the config: an edit replaces characters of the text and nothing else, is checked as a
 * whole before it is written, and goes to disk in one step. Knows how a config is read, not what
 * its keys do.
 */
@NullMarked
package dev.chela.config.edit;

import org.jspecify.annotations.NullMarked;
