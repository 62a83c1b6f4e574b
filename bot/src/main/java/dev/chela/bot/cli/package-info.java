/**
 * The command line. Commands that change state go through the running bot, or take its lock when
 * none runs; commands that only read start nothing. The only room that may print.
 */
@NullMarked
package dev.chela.bot.cli;

import org.jspecify.annotations.NullMarked;
