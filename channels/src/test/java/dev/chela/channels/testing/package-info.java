/**
 * The test kit of this module, published as a test jar: a channel that follows a script and
 * remembers what arrived, and the contract every adapter is held to. No main code may see it.
 */
@NullMarked
package dev.chela.channels.testing;

import org.jspecify.annotations.NullMarked;
