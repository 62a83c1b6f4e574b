package dev.chela.config;

/** A secret as the operator wrote it: the value itself, or where to find it. */
public sealed interface SecretInput {

    /** Written in the file, or put there from a variable. */
    record Literal(Secret value) implements SecretInput {}

    /** Found elsewhere when it is needed; {@code id} is a variable, a JSON pointer or a name. */
    record Ref(SecretSource source, String provider, String id) implements SecretInput {

        @Override
        public String toString() {
            return source.name().toLowerCase(java.util.Locale.ROOT) + ":" + provider + ":" + id;
        }
    }
}
