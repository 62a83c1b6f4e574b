package dev.chela.harness.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.binding.ThreadFit.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of harness §6, a row a test. */
class ThreadFitTest {

    private final Map<String, String> then =
            new HashMap<>(
                    Map.of(
                            Facts.SCHEMA, "2",
                            Facts.RUNTIME, ThreadSetup.LOCAL,
                            Facts.TOOLS, "sha256:tools",
                            Facts.DEFERRED, "true",
                            Facts.MODEL, "gpt-5.5",
                            Facts.FOLDER, "/w"));
    private final Map<String, String> now =
            new HashMap<>(
                    Map.of(
                            Facts.RUNTIME, ThreadSetup.LOCAL,
                            Facts.TOOLS, "sha256:tools",
                            Facts.DEFERRED, "true"));

    @Test
    void nothingChangedKeepsTheThread() {
        assertThat(verdict()).isEqualTo(new Verdict.Keep());
    }

    @Test
    void anotherServerReplacesIt() {
        now.put(Facts.RUNTIME, "sha256:elsewhere");
        assertThat(verdict()).isEqualTo(new Verdict.Replace(Facts.RUNTIME));
    }

    @Test
    void aBindingThatDoesNotSayWhichServerKeepsIt() {
        then.remove(Facts.RUNTIME);
        then.remove(Facts.SCHEMA);
        assertThat(verdict()).isEqualTo(new Verdict.Keep());
    }

    @Test
    void anotherWebSearchPlanReplacesIt() {
        now.put(Facts.WEB_SEARCH, "sha256:off");
        assertThat(verdict()).isEqualTo(new Verdict.Replace(Facts.WEB_SEARCH));
    }

    @Test
    void otherUserMcpServersReplaceIt() {
        then.put(Facts.USER_MCP, "sha256:one");
        assertThat(verdict()).isEqualTo(new Verdict.Replace(Facts.USER_MCP));
    }

    @Test
    void anotherSetOfMcpServersReplacesItAndIsNamedBeforeTheirForm() {
        then.put(Facts.MCP_SET, "sha256:docs");
        then.put(Facts.USER_MCP, "sha256:one");
        now.put(Facts.MCP_SET, "sha256:docs-and-web");
        now.put(Facts.USER_MCP, "sha256:two");
        assertThat(verdict()).isEqualTo(new Verdict.Replace(Facts.MCP_SET));
    }

    @Test
    void aBindingThatDoesNotSayWhichMcpServersKeepsIt() {
        now.put(Facts.MCP_SET, "sha256:docs");
        assertThat(verdict()).isEqualTo(new Verdict.Keep());
    }

    @Test
    void fewerMcpServersForATurnWithFewerToolsTakeATemporaryThread() {
        then.put(Facts.MCP_SET, "sha256:docs");
        now.put(Facts.MCP_SET, "sha256:none");
        assertThat(verdict(Restriction.FEWER_TOOLS))
                .isEqualTo(new Verdict.Temporary(Facts.MCP_SET));
    }

    @Test
    void aTurnThatMayNotSearchTheWebTakesATemporaryThread() {
        then.put(Facts.WEB_SEARCH, "sha256:on");
        now.put(Facts.WEB_SEARCH, "sha256:off");
        assertThat(verdict(Restriction.NO_WEB_SEARCH))
                .isEqualTo(new Verdict.Temporary(Facts.WEB_SEARCH));
    }

    @Test
    void aTurnWithoutCodexsOwnToolsTakesATemporaryThread() {
        assertThat(verdict(Restriction.NO_NATIVE_TOOLS))
                .isEqualTo(new Verdict.Temporary(ThreadFit.NATIVE_TOOLS));
    }

    @Test
    void aRestrictionThatChangesNothingKeepsIt() {
        assertThat(verdict(Restriction.FEWER_TOOLS, Restriction.NO_WEB_SEARCH))
                .isEqualTo(new Verdict.Keep());
    }

    @ParameterizedTest
    @ValueSource(strings = {Facts.CONTEXT_ENGINE, Facts.ENVIRONMENT, Facts.PLUGIN_APPS})
    void whatChelaHasNotYetReplacesItOnceThereIsOne(String fact) {
        assertThat(verdict()).isEqualTo(new Verdict.Keep());
        now.put(fact, "sha256:one");
        assertThat(verdict()).isEqualTo(new Verdict.Replace(fact));
        then.put(fact, "sha256:one");
        assertThat(verdict()).isEqualTo(new Verdict.Keep());
        now.remove(fact);
        assertThat(verdict()).isEqualTo(new Verdict.Replace(fact));
    }

    /** From the last row to the first, each against all that come after it. */
    @Test
    void theChecksComeInTheOrderOfTheTable() {
        List<String> order =
                List.of(
                        Facts.RUNTIME,
                        Facts.MCP_SET,
                        Facts.WEB_SEARCH,
                        Facts.CONTEXT_ENGINE,
                        Facts.USER_MCP,
                        Facts.ENVIRONMENT,
                        Facts.PROXY_PROFILE,
                        Facts.PROXY,
                        Facts.PLUGIN_APPS,
                        Facts.DEFERRED,
                        Facts.TOOLS);
        for (String fact : order.reversed()) {
            then.put(fact, "then");
            now.put(fact, "now");
            assertThat(verdict()).isEqualTo(new Verdict.Replace(fact));
        }
    }

    @Test
    void anotherNetworkProxyProfileReplacesIt() {
        then.put(Facts.PROXY_PROFILE, "p1");
        now.put(Facts.PROXY_PROFILE, "p2");
        assertThat(verdict()).isEqualTo(new Verdict.Replace(Facts.PROXY_PROFILE));
    }

    @Test
    void otherNetworkProxyRulesReplaceIt() {
        then.put(Facts.PROXY, "sha256:a");
        now.put(Facts.PROXY, "sha256:b");
        assertThat(verdict()).isEqualTo(new Verdict.Replace(Facts.PROXY));
    }

    @Test
    void toolsThatAreFoundInAnotherWayReplaceIt() {
        now.put(Facts.DEFERRED, "false");
        assertThat(verdict()).isEqualTo(new Verdict.Replace(Facts.DEFERRED));
    }

    @Test
    void aModelOfWhichNobodyCanTellNowWhetherItSearchesKeepsIt() {
        now.remove(Facts.DEFERRED);
        assertThat(verdict()).isEqualTo(new Verdict.Keep());
    }

    @Test
    void otherToolsReplaceIt() {
        now.put(Facts.TOOLS, "sha256:others");
        assertThat(verdict()).isEqualTo(new Verdict.Replace(Facts.TOOLS));
    }

    @Test
    void noToolsForNowTakeATemporaryThread() {
        now.put(Facts.TOOLS, "sha256:none");
        now.put(Facts.DEFERRED, "false");
        assertThat(verdict(Restriction.NO_TOOLS)).isEqualTo(new Verdict.Temporary(Facts.DEFERRED));
        now.put(Facts.DEFERRED, "true");
        assertThat(verdict(Restriction.NO_TOOLS)).isEqualTo(new Verdict.Temporary(Facts.TOOLS));
    }

    @Test
    void aThreadBegunWithoutToolsIsKeptWithoutTools() {
        then.put(Facts.TOOLS, "sha256:none");
        now.put(Facts.TOOLS, "sha256:none");
        assertThat(verdict(Restriction.NO_TOOLS)).isEqualTo(new Verdict.Keep());
    }

    @Test
    void aThreadBeyondTheLimitIsReplaced() {
        assertThat(ThreadFit.of(then, new ThreadNeeds(now, Set.of(), 1_001, 1_000, false)))
                .isEqualTo(new Verdict.Replace(ThreadFit.TOO_LARGE));
        assertThat(ThreadFit.of(then, new ThreadNeeds(now, Set.of(), 1_000, 1_000, false)))
                .isEqualTo(new Verdict.Keep());
        assertThat(ThreadFit.of(then, new ThreadNeeds(now, Set.of(), 1_001, 0, false)))
                .isEqualTo(new Verdict.Keep());
    }

    @Test
    void aThreadThatFillsTheWindowIsReplaced() {
        assertThat(ThreadFit.of(then, new ThreadNeeds(now, Set.of(), 0, 0, true)))
                .isEqualTo(new Verdict.Replace(ThreadFit.FULL));
    }

    @Test
    void aWindowIsFullWhenTheReserveAndTheNextTurnDoNotFit() {
        assertThat(new ContextFill(240_001, 272_000).isFullFor(20_000, 12_000)).isTrue();
        assertThat(new ContextFill(240_000, 272_000).isFullFor(20_000, 12_000)).isFalse();
        assertThat(new ContextFill(5_000, 10_000).isFullFor(20_000, 0)).isFalse();
        assertThat(new ContextFill(240_001, 0).isFullFor(20_000, 12_000)).isFalse();
    }

    @Test
    void theFirstOfSeveralMismatchesIsNamed() {
        now.put(Facts.TOOLS, "sha256:others");
        now.put(Facts.WEB_SEARCH, "sha256:off");
        now.put(Facts.RUNTIME, "sha256:elsewhere");
        assertThat(verdict()).isEqualTo(new Verdict.Replace(Facts.RUNTIME));
    }

    @Test
    void whatEveryTurnCarriesIsNoReason() {
        then.put(Facts.MODEL, "gpt-6-sol");
        then.put(Facts.FOLDER, "/elsewhere");
        then.put(Facts.SANDBOX, "readOnly");
        then.put(Facts.APPROVALS, "untrusted");
        then.put(Facts.SERVER, "0.168.0");
        assertThat(verdict()).isEqualTo(new Verdict.Keep());
    }

    @Test
    void aThreadThatAPersonChoseIsKeptAsItIs() {
        then.put(Facts.CHOSEN, "true");
        then.remove(Facts.TOOLS);
        now.put(Facts.USER_MCP, "sha256:x");
        assertThat(verdict()).isEqualTo(new Verdict.Keep());
    }

    private Verdict verdict(Restriction... restrictions) {
        return ThreadFit.of(then, new ThreadNeeds(now, Set.of(restrictions), 0, 0, false));
    }
}
