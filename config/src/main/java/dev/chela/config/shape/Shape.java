package dev.chela.config.shape;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What values a place in the config may hold. */
public sealed interface Shape {

    /** A single value. */
    record Scalar(Kind kind) implements Shape {}

    /** A length of time; without a unit it is a text such as {@code 30m}. */
    record Time(Optional<ChronoUnit> unit) implements Shape {}

    /** One of a few words. */
    record Words(Class<?> type, List<Word> words) implements Shape {

        /** Every accepted spelling, in order. */
        public List<String> spellings() {
            return words.stream().flatMap(word -> word.spellings().stream()).toList();
        }
    }

    /** One constant and its spellings; the first is the one to write. */
    record Word(Object constant, List<String> spellings) {}

    /** A list; with {@code shellWords} it may also be one text. */
    record Items(Shape item, boolean shellWords) implements Shape {}

    /** An object whose keys the operator chooses. */
    record Table(Shape value, Optional<Pattern> keys) implements Shape {}

    /** Something that may be absent. */
    record Maybe(Shape present) implements Shape {}

    /** A record of known keys. */
    record Fields(RecordShape of) implements Shape {}

    /** The kinds of single values. */
    enum Kind {
        BOOLEAN,
        INT,
        LONG,
        DOUBLE,
        TEXT,
        PATH,
        URI,
        ZONE,
        SECRET,
        ANYTHING
    }

    /** A regular expression and what it is for a person. */
    record Pattern(java.util.regex.Pattern pattern, String expected) {}
}
