/**
 * The test kit of this module, published as a test jar: a database on a temporary directory, a
 * clock that stands still, checkpoints that remember. No main code may see it.
 */
@NullMarked
package dev.chela.config.testing;

import org.jspecify.annotations.NullMarked;
