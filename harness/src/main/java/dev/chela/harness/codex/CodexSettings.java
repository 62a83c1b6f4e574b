package dev.chela.harness.codex;

import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.binding.ThreadSetup;
import dev.chela.harness.computeruse.Wish;
import dev.chela.harness.tools.ToolLoading;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an agent's turns run with, resolved from the config.
 *
 * @param workspace the agent's folder, absolute
 * @param model empty leaves it to Codex's own config
 * @param developerInstructions fixed for a thread when it is started
 * @param setup what of the config a thread is begun with
 * @param claim present for a bound conversation: no tools of ours, nobody is asked
 * @param computerUse what must be there before a turn begins
 */
public record CodexSettings(
        Path workspace,
        Optional<String> model,
        Optional<String> effort,
        Optional<String> serviceTier,
        Policy policy,
        ToolLoading toolLoading,
        String developerInstructions,
        ThreadSetup setup,
        Watches watches,
        Optional<ClaimTerms> claim,
        Wish computerUse) {

    private static final String OF_BOUND =
            "What you answer is delivered to a chat, where nobody can be asked for an approval"
                    + " while you work.";

    /** The settings of a config that says nothing. */
    public static CodexSettings of(Path workspace) {
        return new CodexSettings(
                workspace,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Policy.YOLO,
                ToolLoading.SEARCHABLE,
                "",
                ThreadSetup.none(),
                Watches.defaults(),
                Optional.empty(),
                Wish.none());
    }

    /** The workspace as it is called where the app-server runs. */
    String folderThere() {
        return there(workspace);
    }

    /**
     * A folder of this machine as it is called where the app-server runs.
     *
     * @throws dev.chela.harness.appserver.OutsideWorkspaceException if it has no name there
     */
    String there(Path folder) {
        return setup.folders().map(names -> names.there(folder)).orElseGet(folder::toString);
    }

    /** The reverse of {@link #there}. */
    Path here(String folder) {
        return setup.folders().map(names -> names.here(folder)).orElseGet(() -> Path.of(folder));
    }

    public CodexSettings withModel(String name) {
        return new CodexSettings(
                workspace,
                Optional.of(name),
                effort,
                serviceTier,
                policy,
                toolLoading,
                developerInstructions,
                setup,
                watches,
                claim,
                computerUse);
    }

    /** The same in another folder. */
    public CodexSettings in(Path folder) {
        return new CodexSettings(
                folder,
                model,
                effort,
                serviceTier,
                policy,
                toolLoading,
                developerInstructions,
                setup,
                watches,
                claim,
                computerUse);
    }

    public CodexSettings withPolicy(Policy other) {
        return new CodexSettings(
                workspace,
                model,
                effort,
                serviceTier,
                other,
                toolLoading,
                developerInstructions,
                setup,
                watches,
                claim,
                computerUse);
    }

    public CodexSettings withWatches(Watches other) {
        return new CodexSettings(
                workspace,
                model,
                effort,
                serviceTier,
                policy,
                toolLoading,
                developerInstructions,
                setup,
                other,
                claim,
                computerUse);
    }

    public CodexSettings withComputerUse(Wish wish) {
        return new CodexSettings(
                workspace,
                model,
                effort,
                serviceTier,
                policy,
                toolLoading,
                developerInstructions,
                setup,
                watches,
                claim,
                wish);
    }

    public CodexSettings withSetup(ThreadSetup other) {
        return new CodexSettings(
                workspace,
                model,
                effort,
                serviceTier,
                policy,
                toolLoading,
                developerInstructions,
                other,
                watches,
                claim,
                computerUse);
    }

    /** The same for a side question, which reads and changes nothing. */
    CodexSettings aside() {
        return withPolicy(policy.aside()).withSetup(setup.aside());
    }

    /**
     * The same for a bound conversation. A config that would allow more if it did not ask came
     * after the binding, which it refuses: the turn then only reads, and what Codex asks about is
     * declined.
     */
    CodexSettings ofBound(ClaimTerms terms) {
        Policy allowed =
                policy.restsOnAsking()
                        ? policy.within(SandboxMode.READ_ONLY)
                        : terms.policy().within(policy.sandbox());
        return new CodexSettings(
                terms.folder(),
                terms.model().or(this::model),
                effort,
                serviceTier,
                allowed,
                toolLoading,
                OF_BOUND,
                setup,
                watches.ofBound(),
                Optional.of(terms),
                computerUse);
    }
}
