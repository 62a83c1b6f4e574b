/**
 * Where log lines go: readable ones to the terminal, JSON ones to a rolling file in the state
 * directory. Every line is redacted on its way out. Set up in code, because parsing a logging
 * configuration would cost a tenth of a second of every start.
 */
@NullMarked
package dev.chela.bot.log;

import org.jspecify.annotations.NullMarked;
