package dev.chela.bot.demo;

/** Where a terminal chat writes. Calls may come from any thread. */
public interface Screen {

    /** Shows whole lines above whatever is being typed. */
    void show(String text);

    /** A screen that writes straight to a stream. */
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
