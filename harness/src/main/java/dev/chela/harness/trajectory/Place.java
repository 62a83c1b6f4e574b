package dev.chela.harness.trajectory;

/** Whose file it is. */
record Place(String agent, String session, String sessionId) {}
