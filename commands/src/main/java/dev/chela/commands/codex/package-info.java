/**
 * {@code /codex} and its subcommands, one class each. Their help is generated from them; an
 * argument too many or too few is answered with the usage and does nothing (commands §2.1).
 */
@NullMarked
package dev.chela.commands.codex;

import org.jspecify.annotations.NullMarked;
