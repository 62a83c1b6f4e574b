/** What tests of the harness share: timers turned by hand and ready-made turns. */
@NullMarked
package dev.chela.harness.testing;

import org.jspecify.annotations.NullMarked;
