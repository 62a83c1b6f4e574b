package dev.chela.harness.session;

import java.util.function.Consumer;

/** Where a lane stands with the bound on turns that run at once. */
final class LaneSlot {

    private enum State {
        NONE,
        ASKED,
        HELD
    }

    private final TurnSlots slots;
    private final Consumer<Runnable> lane;
    private State state = State.NONE;

    /** A granted slot is noted by a task given to {@code lane}. */
    LaneSlot(TurnSlots slots, Consumer<Runnable> lane) {
        this.slots = slots;
        this.lane = lane;
    }

    /** Runs {@code work} if a slot is held, else asks for one. */
    void with(Runnable work) {
        switch (state) {
            case HELD -> work.run();
            case ASKED -> {}
            case NONE -> {
                state = State.ASKED;
                slots.ask(() -> lane.accept(() -> state = State.HELD));
            }
        }
    }

    /** Whether a slot is held; takes a free one for it, but waits for none. */
    boolean isHadNow() {
        if (state == State.NONE && slots.takeFree()) {
            state = State.HELD;
        }
        return state == State.HELD;
    }

    void release() {
        if (state == State.HELD) {
            state = State.NONE;
            slots.release();
        }
    }

    /** Whether it waits for one. */
    boolean isAsked() {
        return state == State.ASKED;
    }

    boolean isNone() {
        return state == State.NONE;
    }
}
