package dev.chela.config.load;

import dev.chela.config.Secret;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.shape.Field;
import dev.chela.config.shape.Shape;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Binds single values and checks their bounds. */
final class ScalarBinder {

    private static final int QUOTED_CHARS_MAX = 40;

    private final Problems problems;
    private final SecretBinder secrets;
    private final PathBase base;

    ScalarBinder(Problems problems, PathBase base, Set<Secret> found) {
        this.problems = problems;
        this.secrets = new SecretBinder(problems, found);
        this.base = base;
    }

    Optional<Object> bind(Node node, Shape.Scalar shape, Field field, KeyPath path) {
        return switch (shape.kind()) {
            case BOOLEAN ->
                    node instanceof Node.Bool bool
                            ? Optional.of(bool.value())
                            : wrong(path, "true or false", node);
            case INT ->
                    integer(node, field, path, Integer.MAX_VALUE)
                            .map(value -> (Object) value.intValueExact());
            case LONG ->
                    integer(node, field, path, Long.MAX_VALUE)
                            .map(value -> (Object) value.longValueExact());
            case DOUBLE -> number(node, field, path).map(value -> (Object) value.doubleValue());
            case TEXT -> text(node, field, path).map(text -> (Object) text);
            case PATH -> text(node, field, path).flatMap(text -> path(text, node, path));
            case URI -> text(node, field, path).flatMap(text -> uri(text, node, path));
            case ZONE -> text(node, field, path).flatMap(text -> zone(text, node, path));
            case SECRET -> secrets.bind(node, path);
            case ANYTHING -> {
                Object plain = Plain.of(node);
                yield plain == null ? wrong(path, "a value", node) : Optional.of(plain);
            }
        };
    }

    Optional<Object> time(Node node, Shape.Time shape, Field field, KeyPath path) {
        if (shape.unit().isEmpty()) {
            Optional<Object> parsed =
                    node instanceof Node.Text text
                            ? Durations.parse(text.value()).map(found -> (Object) found)
                            : Optional.empty();
            return parsed.isPresent() ? parsed : wrong(path, "a time such as \"30m\"", node);
        }
        return number(node, field, path)
                .map(amount -> (Object) Durations.of(amount, shape.unit().get()))
                .filter(Duration.class::isInstance);
    }

    Optional<Object> word(Node node, Shape.Words shape, KeyPath path) {
        Optional<String> written =
                switch (node) {
                    case Node.Text text -> Optional.of(text.value());
                    case Node.Bool bool -> Optional.of(String.valueOf(bool.value()));
                    case Node.Obj _, Node.Arr _, Node.Num _, Node.Null _ -> Optional.empty();
                };
        for (Shape.Word word : shape.words()) {
            if (written.isPresent() && word.spellings().contains(written.get())) {
                return Optional.of(word.constant());
            }
        }
        List<String> spellings = shape.spellings();
        problems.error(
                new Problem(
                        path,
                        "expected one of "
                                + String.join(", ", spellings)
                                + ", found "
                                + found(node),
                        node.span(),
                        written.map(text -> Spelling.guess(text, spellings)).orElse(List.of())));
        return Optional.empty();
    }

    private static String found(Node node) {
        return node instanceof Node.Text text
                        && !text.substituted()
                        && text.value().length() <= QUOTED_CHARS_MAX
                ? "\"" + text.value() + "\""
                : node.kind();
    }

    private Optional<BigDecimal> integer(Node node, Field field, KeyPath path, long max) {
        Optional<BigDecimal> number = number(node, field, path);
        if (number.isPresent()
                && (number.get().stripTrailingZeros().scale() > 0
                        || number.get().abs().compareTo(BigDecimal.valueOf(max)) > 0)) {
            return wrong(path, "a whole number up to " + max, node);
        }
        return number;
    }

    private Optional<BigDecimal> number(Node node, Field field, KeyPath path) {
        if (!(node instanceof Node.Num number)) {
            return wrong(path, "a number", node);
        }
        long min = field.bounds().map(Field.Bounds::min).orElse(0L);
        long max = field.bounds().map(Field.Bounds::max).orElse(Long.MAX_VALUE);
        if (number.value().compareTo(BigDecimal.valueOf(min)) < 0
                || number.value().compareTo(BigDecimal.valueOf(max)) > 0) {
            String range =
                    max == Long.MAX_VALUE ? "at least " + min : "between " + min + " and " + max;
            problems.error(
                    path, "must be " + range + ", found " + number.value().toPlainString(), node);
            return Optional.empty();
        }
        return Optional.of(number.value());
    }

    private Optional<String> text(Node node, Field field, KeyPath path) {
        Optional<String> text =
                switch (node) {
                    case Node.Text found -> Optional.of(found.value());
                    case Node.Num number
                            when KeyPath.isIndex(path.last()) && number.value().scale() <= 0 ->
                            Optional.of(number.value().toBigInteger().toString());
                    case Node.Num _, Node.Obj _, Node.Arr _, Node.Bool _, Node.Null _ ->
                            wrong(path, "a text", node);
                };
        if (text.isPresent() && field.nonEmpty() && text.get().isBlank()) {
            problems.error(path, "must not be empty", node);
            return Optional.empty();
        }
        if (text.isPresent() && field.pattern().isPresent()) {
            Shape.Pattern pattern = field.pattern().get();
            if (!pattern.pattern().matcher(text.get()).matches()) {
                problems.error(path, "expected " + pattern.expected(), node);
                return Optional.empty();
            }
        }
        return text;
    }

    private Optional<Object> path(String text, Node node, KeyPath path) {
        try {
            return Optional.of(base.resolve(text));
        } catch (InvalidPathException e) {
            return wrong(path, "a file path", node);
        }
    }

    private Optional<Object> uri(String text, Node node, KeyPath path) {
        try {
            URI uri = new URI(text);
            return uri.getScheme() != null && uri.getHost() != null
                    ? Optional.of(uri)
                    : wrong(path, "an absolute URL", node);
        } catch (URISyntaxException e) {
            return wrong(path, "an absolute URL", node);
        }
    }

    private Optional<Object> zone(String text, Node node, KeyPath path) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            return wrong(path, "a time zone such as Europe/Berlin", node);
        }
    }

    private <T> Optional<T> wrong(KeyPath path, String expected, Node node) {
        problems.error(path, "expected " + expected + ", found " + node.kind(), node);
        return Optional.empty();
    }
}
