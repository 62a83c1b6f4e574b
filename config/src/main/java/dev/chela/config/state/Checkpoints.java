package dev.chela.config.state;

/**
 * The named instants at which a crash would hurt: before and after every write job and every
 * outside effect. The crash suite halts the process at one of them; in production nothing happens.
 */
public interface Checkpoints {

    /** Reached just before the write job or effect {@code name} begins. */
    void before(String name);

    /** Reached when the write job is durable, or the effect was made and its reply not yet used. */
    void after(String name);

    /** Checkpoints at which nothing happens. */
    static Checkpoints none() {
        return new Checkpoints() {
            @Override
            public void before(String name) {}

            @Override
            public void after(String name) {}
        };
    }
}
