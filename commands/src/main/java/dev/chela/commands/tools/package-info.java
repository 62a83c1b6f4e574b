/**
 * The tools an agent gets for the chat itself. A call that fails says so in its text, because the
 * text is all the model sees; a send is reported as delivered only when the platform has it.
 */
@NullMarked
package dev.chela.commands.tools;

import org.jspecify.annotations.NullMarked;
