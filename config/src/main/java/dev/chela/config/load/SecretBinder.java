package dev.chela.config.load;

import dev.chela.config.Secret;
import dev.chela.config.SecretInput;
import dev.chela.config.SecretSource;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Node.Member;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Binds secrets: a text, or {@code {source, provider, id}}. Never quotes what it found. */
final class SecretBinder {

    private static final List<String> KEYS = List.of("source", "provider", "id");
    private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final Pattern ENV_ID = Pattern.compile("[A-Z][A-Z0-9_]{0,127}");
    private static final Pattern EXEC_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/#-]{0,255}");

    private final Problems problems;
    private final Set<Secret> found;

    /** Every secret that stands in the tree itself is added to {@code found}. */
    SecretBinder(Problems problems, Set<Secret> found) {
        this.problems = problems;
        this.found = found;
    }

    Optional<Object> bind(Node node, KeyPath path) {
        return switch (node) {
            case Node.Text text when !text.value().isBlank() -> {
                Secret secret = Secret.of(text.value());
                found.add(secret);
                yield Optional.of(new SecretInput.Literal(secret));
            }
            case Node.Text text -> {
                problems.error(path, "the secret is empty", text);
                yield Optional.empty();
            }
            case Node.Obj object -> reference(object, path);
            case Node.Arr _, Node.Num _, Node.Bool _, Node.Null _ -> {
                problems.error(
                        path,
                        "expected a secret (a text or {source, provider, id}), found "
                                + node.kind(),
                        node);
                yield Optional.empty();
            }
        };
    }

    private Optional<Object> reference(Node.Obj object, KeyPath path) {
        for (Member member : object.members()) {
            if (!KEYS.contains(member.key())) {
                problems.error(
                        new Problem(
                                path.key(member.key()),
                                "unknown key",
                                member.keySpan(),
                                Spelling.guess(member.key(), KEYS)));
                return Optional.empty();
            }
        }
        Optional<SecretSource> source = source(object, path);
        String provider = text(object, "provider").orElse("default");
        Optional<String> id = text(object, "id");
        if (!PROVIDER.matcher(provider).matches()) {
            problems.error(path.key("provider"), "expected a name (a-z, 0-9, _ and -)", object);
            return Optional.empty();
        }
        if (id.isEmpty()) {
            problems.error(path.key("id"), "is required and must be a text", object);
            return Optional.empty();
        }
        if (source.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> complaint = complaint(source.get(), id.get());
        complaint.ifPresent(message -> problems.error(path.key("id"), message, object));
        return complaint.isPresent()
                ? Optional.empty()
                : Optional.of(new SecretInput.Ref(source.get(), provider, id.get()));
    }

    private Optional<SecretSource> source(Node.Obj object, KeyPath path) {
        Optional<SecretSource> source =
                text(object, "source")
                        .flatMap(
                                text ->
                                        switch (text) {
                                            case "env" -> Optional.of(SecretSource.ENV);
                                            case "file" -> Optional.of(SecretSource.FILE);
                                            case "exec" -> Optional.of(SecretSource.EXEC);
                                            default -> Optional.empty();
                                        });
        if (source.isEmpty()) {
            problems.error(path.key("source"), "expected one of env, file, exec", object);
        }
        return source;
    }

    private static Optional<String> text(Node.Obj object, String key) {
        return object.get(key)
                .filter(Node.Text.class::isInstance)
                .map(node -> ((Node.Text) node).value());
    }

    private static Optional<String> complaint(SecretSource source, String id) {
        return switch (source) {
            case ENV ->
                    ENV_ID.matcher(id).matches()
                            ? Optional.empty()
                            : Optional.of("expected the name of a variable (A-Z, 0-9 and _)");
            case FILE ->
                    id.startsWith("/") || id.equals("value")
                            ? Optional.empty()
                            : Optional.of("expected an absolute JSON pointer, such as /a/b");
            case EXEC ->
                    EXEC_ID.matcher(id).matches() && !hasDots(id)
                            ? Optional.empty()
                            : Optional.of("expected a name without . or .. segments");
        };
    }

    private static boolean hasDots(String id) {
        return List.of(id.split("/")).stream()
                .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
    }
}
