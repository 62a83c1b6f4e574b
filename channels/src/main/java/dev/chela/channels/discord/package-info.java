/**
 * Discord against the port. In this version it is built from its config, knows what Discord can do
 * and renders for it, but neither listens nor sends: it says so wherever it is asked.
 */
@NullMarked
package dev.chela.channels.discord;

import org.jspecify.annotations.NullMarked;
