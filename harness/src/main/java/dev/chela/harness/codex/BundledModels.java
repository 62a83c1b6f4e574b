package dev.chela.harness.codex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.appserver.ServerVersion;
import dev.chela.harness.appserver.protocol.ModelList;
import dev.chela.harness.appserver.protocol.WireCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The models of the binary that Chela brings, as it lists them without an account: {@code
 * models.json} is its own answer, and a test compares the two.
 */
final class BundledModels {

    private BundledModels() {}

    /** Read when first needed. */
    private static final class Held {

        private static final JsonNode FILE = file();
        private static final List<ModelList.Model> MODELS = models();

        private static JsonNode file() {
            try (InputStream in = BundledModels.class.getResourceAsStream("models.json")) {
                if (in == null) {
                    throw new IllegalStateException("models.json is missing");
                }
                return new WireCodec().parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<ModelList.Model> models() {
            try {
                return new WireCodec().decode(ModelList.Result.class, FILE).data();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Whether they are those of this version. */
    static boolean areOf(ServerVersion version) {
        return Held.FILE.path("version").asText().equals(version.toString());
    }

    static boolean know(String model) {
        return Held.MODELS.stream().anyMatch(one -> ModelCatalog.is(one, model));
    }

    static List<ModelList.Model> all() {
        return Held.MODELS;
    }
}
