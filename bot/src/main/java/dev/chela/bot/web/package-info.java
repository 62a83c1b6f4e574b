/**
 * What the process answers over its local port besides the chat page: health, readiness, metrics,
 * and the control calls through which the command line changes state in a running bot.
 */
@NullMarked
package dev.chela.bot.web;

import org.jspecify.annotations.NullMarked;
