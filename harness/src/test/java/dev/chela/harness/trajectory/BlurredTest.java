package dev.chela.harness.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chela.config.Secret;
import dev.chela.config.secret.Redaction;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlurredTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Blurred blurred =
            new Blurred(Redaction.of(List.of(Secret.of(TrajectoryBed.SECRET))), Limits.standard());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'apiKey':'open-sesame'}",
                "{'env':{'GITHUB_TOKEN':'open-sesame'}}",
                "{'credentials':{'user':'open-sesame'}}",
                "{'text':'Authorization: Bearer open-sesame'}",
                "{'text':'curl -H \\\"Authorization: Basic open1sesame==\\\"'}",
                "{'text':'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJvcGVuLXNlc2FtZSJ9.open-sesame'}",
                "{'text':'Cookie: sid=open-sesame; theme=open-sesame'}",
                "{'text':'Set-Cookie: sid=open-sesame; Path=/'}",
                "{'text':'password=open-sesame'}",
                "{'text':'https://ada:open-sesame@host/'}",
                "{'list':['SECRET_KEY_TOKEN=open-sesame']}",
                "{'image_url':'data:image/png;base64,open1sesame=='}",
                "{'open-sesame is the-config-knows-this-1':1,'a':'the-config-knows-this-1'}"
            })
    void secretsAndPicturesDoNotShow(String text) throws IOException {
        assertThat(shown(TrajectoryBed.json(text)))
                .doesNotContain("open-sesame\"")
                .doesNotContain("=open-sesame")
                .doesNotContain("open1sesame")
                .doesNotContain("r open-sesame")
                .doesNotContain(".open-sesame")
                .doesNotContain(":open-sesame")
                .doesNotContain(TrajectoryBed.SECRET);
    }

    @Test
    void ordinaryWordsAndNumbersAreKept() throws IOException {
        String text =
                "{'inputTokens':5,'text':'a basic understanding of cookies','cwd':'/home/ada/src',"
                        + "'token':null,'id':'1f0e9a62-3a52-4b7c-9d5f-0c8d3b8a2f11','ok':true}";

        assertThat(shown(TrajectoryBed.json(text))).isEqualTo(TrajectoryBed.json(text).toString());
    }

    @Test
    void aPictureIsAllThatIsLeftOutOfAText() throws IOException {
        String picture = "iVBORw0KGgo".repeat(100);

        assertThat(shown(TrajectoryBed.json("{'result':'seen: " + picture + " so'}")))
                .isEqualTo("{\"result\":\"seen: (base64 of 1100 characters) so\"}");
    }

    @Test
    void aLongTextIsCutButNeverThroughASecret() throws IOException {
        for (int before = 19_960; before < 20_010; before++) {
            String text = "x ".repeat(before / 2) + TrajectoryBed.SECRET + " y".repeat(9_000);
            String shown = shown(JSON.createObjectNode().put("a", text));

            assertThat(shown).doesNotContain("the-c").contains("characters)");
            assertThat(shown.length()).isLessThan(20_060);
        }
        String across = "x ".repeat(12_040) + TrajectoryBed.SECRET + " y".repeat(9_000);
        String masked = "password=abcdef ".repeat(400) + across;
        assertThat(shown(JSON.createObjectNode().put("a", masked))).doesNotContain("the-c");
    }

    @Test
    void whatIsDeepOrWideIsCut() throws IOException {
        JsonNode deep = TrajectoryBed.json("[[[[[[[1]]]]]]]");
        ObjectNode wide = JSON.createObjectNode();
        for (int i = 0; i < 130; i++) {
            wide.put("k" + i, i);
            wide.withArray("list").add(i);
        }

        assertThat(shown(deep)).isEqualTo("[[[[[[\"(deeper than 6)\"]]]]]]");
        JsonNode cut = JSON.readTree(shown(wide));
        assertThat(cut).hasSize(101);
        assertThat(cut.path("(more)").asInt()).isEqualTo(31);
        assertThat(cut.path("list")).hasSize(101);
        assertThat(cut.path("list").get(100).asText()).isEqualTo("(30 more)");
    }

    private String shown(JsonNode node) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            blurred.write(node, out);
        }
        return text.toString();
    }
}
