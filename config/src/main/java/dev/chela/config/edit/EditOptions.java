package dev.chela.config.edit;

import java.util.Optional;

/**
 * How an edit is made.
 *
 * @param merge puts the keys of an object over those that are there, instead of replacing them
 * @param replace allows that entries which are there go away
 * @param force writes even what looks like an accident
 * @param dryRun checks and writes nothing
 * @param expectedHash refuses if the main file is no longer the one with this hash
 */
public record EditOptions(
        boolean merge,
        boolean replace,
        boolean force,
        boolean dryRun,
        Optional<String> expectedHash) {

    public static EditOptions plain() {
        return new EditOptions(false, false, false, false, Optional.empty());
    }
}
