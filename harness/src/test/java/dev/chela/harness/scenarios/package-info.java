/**
 * What an app-server must do, played by the same classes on the imitated server in memory, on the
 * imitated server as a process, and on the real binary.
 */
@NullMarked
package dev.chela.harness.scenarios;

import org.jspecify.annotations.NullMarked;
