/**
 * From files and environment to records: reads JSON5, follows includes, puts variables in, binds
 * strictly and checks rules; every problem is collected and told once, with path and line. Does not
 * resolve secret references and starts no process.
 */
@NullMarked
package dev.chela.config.load;

import org.jspecify.annotations.NullMarked;
