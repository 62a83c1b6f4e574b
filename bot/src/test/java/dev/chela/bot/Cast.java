package dev.chela.bot;

import dev.chela.bot.kit.CrashStage;

/** People of one crash round: what they say and do, and what must hold in the end. */
interface Cast {

    /** Makes the people of the round with this number, from 0 on. */
    @FunctionalInterface
    interface Casting {
        Cast of(CrashStage stage, int round);
    }

    /** Everybody says at once what they have to say first. */
    void everybodySpeaks();

    /** Does what is due by now: goes on, presses buttons. Called again and again; never waits. */
    void react();

    /** Whether nobody has anything more to say. */
    boolean saidAll();

    /** How many messages they said that the inbox must have. */
    int said();

    /** What must hold once all that was said has its end. */
    void check();
}
