/**
 * What a person can ask the bot itself: commands as data with their syntax and help, the registry
 * that refuses collisions, the parser that finds them in a message, and the router that runs them.
 * Knows sessions and conversations, but neither platforms nor the process it runs in.
 */
@NullMarked
package dev.chela.commands;

import org.jspecify.annotations.NullMarked;
