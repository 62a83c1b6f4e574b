/**
 * Finding referenced secrets when a surface starts, and keeping secrets out of everything that is
 * shown. A secret that cannot be found is a value, not an exception: that surface fails closed, the
 * others go on. Only {@link ExecProvider} starts a process.
 */
@NullMarked
package dev.chela.config.secret;

import org.jspecify.annotations.NullMarked;
