package dev.chela.harness.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ToolRegistryTest {

    private static final String SCHEMA =
            """
            {"type":"object","description":"words","properties":{
              "description":{"type":"string","description":"more words"},
              "b":{"type":"string","enum":["x","y"]}},"required":["b","description"]}
            """;
    private static final String SAME_SCHEMA =
            """
            {"required":["description","b"],"properties":{
              "b":{"enum":["y","x"],"type":"string"},
              "description":{"type":"string","description":"other"}},"type":"object"}
            """;

    @Test
    void theFingerprintIgnoresOrderAndProse() {
        String one = registry(tool("a", SCHEMA), tool("z", SCHEMA)).fingerprint();
        String other = registry(tool("z", SAME_SCHEMA), tool("a", SAME_SCHEMA)).fingerprint();
        assertThat(one).startsWith("sha256:").isEqualTo(other);
    }

    @Test
    void theFingerprintKnowsNamesAndTypes() {
        String one = registry(tool("a", SCHEMA)).fingerprint();
        assertThat(one)
                .isNotEqualTo(registry(tool("b", SCHEMA)).fingerprint())
                .isNotEqualTo(
                        registry(tool("a", SCHEMA.replace("\"enum\"", "\"const\""))).fingerprint())
                .isNotEqualTo(
                        registry(tool("a", SCHEMA.replace("\"description\":{", "\"other\":{")))
                                .fingerprint());
    }

    @Test
    void theMessageToolIsAlwaysDirectAndOthersAreSearched() {
        ToolRegistry registry = registry(tool("message", SCHEMA), tool("other", SCHEMA));
        assertThat(registry.offered(ToolLoading.SEARCHABLE))
                .extracting(OfferedTool::name, OfferedTool::deferLoading, OfferedTool::namespace)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("message", false, "openclaw"),
                        org.assertj.core.groups.Tuple.tuple("other", true, "openclaw"));
        assertThat(registry.deferred(ToolLoading.DIRECT)).isEmpty();
    }

    @Test
    void aBrokenToolIsLeftOutAlone() {
        ToolRegistry registry =
                registry(tool("bad name", SCHEMA), tool("bad", "{"), tool("good", SCHEMA));
        assertThat(registry.offered(ToolLoading.DIRECT))
                .extracting(OfferedTool::name)
                .containsExactly("good");
    }

    @Test
    void whatCodexHasItselfAndWhatTheOperatorExcludedIsNotOffered() {
        ToolRegistry registry =
                new ToolRegistry(
                        List.of(tool("exec", SCHEMA), tool("Canvas", SCHEMA), tool("x", SCHEMA)),
                        List.of("canvas"));
        assertThat(registry.offered(ToolLoading.DIRECT))
                .extracting(OfferedTool::name)
                .containsExactly("x");
    }

    private static ToolRegistry registry(FakeTool... tools) {
        return new ToolRegistry(List.of(tools));
    }

    private static FakeTool tool(String name, String schema) {
        return new FakeTool(name, schema);
    }
}
