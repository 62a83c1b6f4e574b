/** A web chat that runs in a test, a bot that echoes, and a browser to look at it with. */
@NullMarked
package dev.chela.channels.web.kit;

import org.jspecify.annotations.NullMarked;
