package dev.chela.harness.codex;

/** Model names as the config writes them and as Codex knows them. */
final class ModelNames {

    private ModelNames() {}

    /** {@code gpt-5.5} of {@code openai/gpt-5.5@profile}. */
    static String codex(String configured) {
        String name = configured.substring(configured.indexOf('/') + 1);
        int profile = name.indexOf('@');
        return profile < 0 ? name : name.substring(0, profile);
    }
}
