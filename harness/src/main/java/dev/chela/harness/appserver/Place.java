package dev.chela.harness.appserver;

import dev.chela.config.Loopback;
import java.net.URI;

/** Where an app-server runs, and by whose hand. */
public enum Place {
    /** A process that this bot started, now or before a restart. */
    OWN,
    /** Somebody else's process that is reached on this machine; it may be a tunnel. */
    LOOPBACK,
    /** Another machine. */
    REMOTE;

    /** Of a server that is reached by address. */
    static Place of(URI url) {
        return Loopback.names(url) ? LOOPBACK : REMOTE;
    }
}
