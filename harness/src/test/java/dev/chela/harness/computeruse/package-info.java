/** Tests of what Codex has for Computer Use, on an app-server of records. */
@NullMarked
package dev.chela.harness.computeruse;

import org.jspecify.annotations.NullMarked;
