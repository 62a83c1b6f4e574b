package dev.chela.bot.demo;

/** Where a terminal chat writes. Calls may come from any thread. */
public interface Screen {

    /** Shows whole lines above whatever is being typed. */
    void show(String text);

    /** Whether it is a person's terminal, which shows weights and colours. */
    default boolean styled() {
        return false;
    }

    /** A screen that writes straight to a stream, without colours: scripts read it. */
    static Screen of(Appendable out) {
        return text -> {
            synchronized (out) {
                try {
                    out.append(text).append(System.lineSeparator());
                    if (out instanceof java.io.Flushable stream) {
                        stream.flush();
                    }
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException("the terminal is gone", e);
                }
            }
        };
    }
}
