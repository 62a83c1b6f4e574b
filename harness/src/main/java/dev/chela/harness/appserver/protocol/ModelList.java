package dev.chela.harness.appserver.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the models the server knows of; no proof that one of them works. */
public record ModelList(
        @Nullable Boolean includeHidden, @Nullable String cursor, @Nullable Integer limit)
        implements ClientRequest<ModelList.Result> {

    public static ModelList visible() {
        return new ModelList(null, null, null);
    }

    /** One page. */
    public record Result(List<Model> data, @Nullable String nextCursor) {

        public Result {
            data = Copies.of(data);
        }
    }

    /**
     * A model.
     *
     * @param model the name to use
     * @param isDefault of the catalog, whatever the server's config says
     */
    public record Model(
            String id,
            String model,
            String displayName,
            String description,
            boolean hidden,
            boolean isDefault,
            String defaultReasoningEffort,
            List<Effort> supportedReasoningEfforts,
            List<String> inputModalities) {

        public Model {
            supportedReasoningEfforts = Copies.of(supportedReasoningEfforts);
            inputModalities = Copies.of(inputModalities);
        }
    }

    /** A reasoning effort that a model can be run with. */
    public record Effort(String reasoningEffort, String description) {}

    @Override
    public String method() {
        return "model/list";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
