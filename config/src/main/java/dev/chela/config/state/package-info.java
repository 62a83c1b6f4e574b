/**
 * Where state lives: the state directory, the lock that keeps a second bot out, the SQLite database
 * with its one writing thread, and the migration runner. Owns no table; the SQL that runs here is
 * written by the packages that own the tables.
 */
@NullMarked
package dev.chela.config.state;

import org.jspecify.annotations.NullMarked;
