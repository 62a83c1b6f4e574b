package dev.chela.harness.session;

/**
 * Token counters of a session.
 *
 * @param input tokens given to the model since the session began, cached ones included
 * @param context tokens in the model's window now
 * @param contextWindow size of that window; 0 while unknown
 */
public record Usage(
        long input, long cached, long output, long context, long contextWindow, int compactions) {

    public static Usage none() {
        return new Usage(0, 0, 0, 0, 0, 0);
    }
}
