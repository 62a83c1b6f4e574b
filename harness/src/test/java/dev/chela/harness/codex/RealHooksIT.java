package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ApprovalsReviewer;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.hooks.HookKind;
import dev.chela.harness.hooks.NativeVerdict;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules for Codex's own tools on the real app-server, and what only that one does. */
final class RealHooksIT extends HookScenarios {

    private Path home;

    @Override
    Stage build(Path directory) throws IOException {
        home = directory.resolve("codex");
        return RealCodex.stage(directory);
    }

    /** Codex runs no hook and says nothing of it: seen when the first command begins. */
    @Test
    void whereHooksDoNotRunTheTurnIsStoppedAndSaysWhy() throws Exception {
        Path config = home.resolve("config.toml");
        String usual = Files.readString(config);
        Files.writeString(config, "hooks = false\n", StandardOpenOption.APPEND);
        stage.kill();
        try {
            denying("apply_patch");

            TurnOutcome.Failed failed = (TurnOutcome.Failed) say("run sleep 20").outcome();

            assertThat(failed.kind()).isEqualTo(TurnOutcome.Failure.UNGUARDED);
            assertThat(failed.notice()).contains("Native hook relay unavailable", "/new");
            assertThat(binding().facts()).doesNotContainKey(Facts.HOOKS);
        } finally {
            Files.writeString(config, usual);
            stage.kill();
        }
        assertThat(say("run echo fine").answer()).contains("fine");
    }

    @Test
    void onlyAnExplicitWordDecidesWhatPeopleAreAskedOtherwise() throws Exception {
        bench.with(
                new Policy(
                        ApprovalPolicy.UNTRUSTED,
                        ApprovalsReviewer.AUTO_REVIEW,
                        SandboxMode.DANGER_FULL_ACCESS));
        start(
                List.of(
                        hook(
                                HookKind.PERMISSION_REQUEST,
                                event -> new NativeVerdict.Block("not today"))));
        assertThat(say(touch("asked")).answer()).contains("not today");
        assertThat(isTouched("asked")).isFalse();

        session = HarnessStage.freshSession();
        start(List.of(hook(HookKind.PERMISSION_REQUEST, event -> new NativeVerdict.Allow())));
        say(touch("asked")).outcome();
        assertThat(isTouched("asked")).isTrue();
    }
}
