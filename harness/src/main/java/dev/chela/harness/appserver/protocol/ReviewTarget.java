package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** What a review looks at. */
public sealed interface ReviewTarget {

    /** The wire's tag. */
    @JsonProperty("type")
    String type();

    /** What is not committed yet. */
    record UncommittedChanges() implements ReviewTarget {
        @Override
        public String type() {
            return "uncommittedChanges";
        }
    }

    /** The difference to a branch. */
    record BaseBranch(String branch) implements ReviewTarget {
        @Override
        public String type() {
            return "baseBranch";
        }
    }

    /** One commit. */
    record Commit(String sha, @Nullable String title) implements ReviewTarget {
        @Override
        public String type() {
            return "commit";
        }
    }

    /** What the words say. */
    record Custom(String instructions) implements ReviewTarget {
        @Override
        public String type() {
            return "custom";
        }
    }
}
