package dev.chela.harness.kit;

/** An app-server of a test's own that serves one client at a time over a wire. */
public interface Peer {

    /** Serves until the client goes or the script ends the connection. */
    void serve(Wire wire);

    /** A client's end, served on a thread of its own. */
    default Wire connect() {
        var ends = MemoryWire.pair();
        Thread.ofVirtual().name("scripted-peer").start(() -> serve(ends.server()));
        return ends.client();
    }
}
