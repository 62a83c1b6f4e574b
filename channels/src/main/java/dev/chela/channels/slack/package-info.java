/**
 * Slack against the port. In this version it is built from its config, knows what Slack can do and
 * renders for it, but neither listens nor sends: it says so wherever it is asked.
 */
@NullMarked
package dev.chela.channels.slack;

import org.jspecify.annotations.NullMarked;
