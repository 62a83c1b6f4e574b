/**
 * The process: {@link dev.chela.bot.Chela} puts the rooms together and is read top to bottom. It
 * alone sees every module; nothing sees it.
 */
@NullMarked
package dev.chela.bot;

import org.jspecify.annotations.NullMarked;
