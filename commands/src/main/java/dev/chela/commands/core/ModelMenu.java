package dev.chela.commands.core;

import java.util.List;
import java.util.Optional;

/** Which models a session may be switched to. */
public interface ModelMenu {

    /** One of them. */
    record Entry(String id, String name, boolean isDefault) {}

    /** What can be chosen, in the order shown; from the catalogue, never waiting long. */
    List<Entry> entries();

    /**
     * The model meant by an id, {@code provider/id}, alias or number of the list; empty when none
     * is.
     */
    Optional<String> resolve(String text);

    /** The configured model of new sessions. */
    String configured();

    /** Whether a name outside the catalogue may work: the effective provider is a custom one. */
    boolean acceptsUnknown();
}
