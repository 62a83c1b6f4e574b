/**
 * Config sections turned into what the rooms are built from: access rules, channels, agent
 * settings, the model menu. Each is asked anew for every message or turn, so a changed config needs
 * no restart.
 */
@NullMarked
package dev.chela.bot.wire;

import org.jspecify.annotations.NullMarked;
