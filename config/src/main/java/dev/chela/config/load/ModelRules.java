package dev.chela.config.load;

import dev.chela.config.AgentsConfig;
import dev.chela.config.ModelChoice;
import java.util.Optional;
import java.util.regex.Pattern;

/** Models are named {@code provider/model}; {@code codex/…} only reads images. */
final class ModelRules {

    private static final Pattern MODEL = Pattern.compile("[^/\\s]+/\\S+");

    private final ConfigRules rules;

    ModelRules(ConfigRules rules) {
        this.rules = rules;
    }

    void check(AgentsConfig agents) {
        choice("agents.defaults.model", agents.defaults().model(), false);
        choice("agents.defaults.imageModel", agents.defaults().imageModel(), true);
        for (int i = 0; i < agents.list().size(); i++) {
            choice("agents.list[" + i + "].model", agents.list().get(i).model(), false);
        }
        for (String name : agents.defaults().models().keySet()) {
            if (!MODEL.matcher(name).matches()) {
                rules.error("agents.defaults.models", "\"" + name + "\" is not provider/model");
            }
        }
    }

    private void choice(String path, Optional<ModelChoice> choice, boolean images) {
        choice.ifPresent(
                found -> {
                    found.primary().ifPresent(model -> model(path, model, images));
                    found.fallbacks().forEach(model -> model(path + ".fallbacks", model, images));
                });
    }

    private void model(String path, String model, boolean images) {
        if (!MODEL.matcher(model).matches()) {
            rules.error(path, "\"" + model + "\" is not provider/model, such as openai/gpt-5.5");
        } else if (!images && model.startsWith("codex/")) {
            rules.error(
                    path,
                    "\""
                            + model
                            + "\": codex/ is for agents.defaults.imageModel only; write"
                            + " openai/"
                            + model.substring("codex/".length()));
        }
    }
}
