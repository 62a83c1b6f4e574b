package dev.chela.harness.appserver;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Is shown what goes over a connection for somebody, as it goes. Called on the threads that send
 * and read: must return at once, never throw, and leave what it is shown as it is.
 */
public interface WireTap {

    /** Who is shown the requests that the running code makes. */
    ScopedValue<WireTap> OF_REQUESTS = ScopedValue.newInstance();

    /** Looks at nothing. */
    WireTap NONE =
            new WireTap() {
                @Override
                public void sent(String method, JsonNode params, int chars) {}

                @Override
                public void heard(String method, JsonNode params, int chars) {}
            };

    /**
     * A request goes out.
     *
     * @param chars how long it is on the wire, about
     */
    void sent(String method, JsonNode params, int chars);

    /**
     * A notification came.
     *
     * @param chars how long it was on the wire
     */
    void heard(String method, JsonNode params, int chars);
}
