/**
 * Sessions: who is in which conversation, in what order their messages become turns, and how far
 * each turn got. One lane a session takes messages in, steers or queues them, and hands outcomes
 * over; every step is in the database before the next begins, so that a lane can be rebuilt from
 * its rows. Lanes run on virtual threads and hold no lock while they wait. Knows neither platforms
 * nor Codex: only {@link dev.chela.harness.TurnDesk} and {@link dev.chela.harness.AgentHarness}.
 */
@NullMarked
package dev.chela.harness.session;

import org.jspecify.annotations.NullMarked;
