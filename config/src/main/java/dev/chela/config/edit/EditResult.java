package dev.chela.config.edit;

import dev.chela.config.load.Problem;
import java.nio.file.Path;
import java.util.List;

/** What came of an edit. */
public sealed interface EditResult {

    /** Written, or with a dry run: would have been written. */
    record Saved(Path file, String hash, List<Problem> warnings) implements EditResult {}

    /** The file already says so. */
    record Unchanged(Path file) implements EditResult {}

    /** The config would be broken; nothing was written. */
    record Invalid(List<Problem> problems) implements EditResult {}

    /** The edit is not made: why, and what to do instead. */
    record Refused(String reason) implements EditResult {}
}
