package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class WireTextTest {

    @Property
    void pairedTextSurvivesUtf8AndIsCountedRight(@ForAll String anything) {
        String paired = WireText.paired(anything);

        byte[] bytes = paired.getBytes(StandardCharsets.UTF_8);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(paired);
        assertThat(WireText.utf8Bytes(paired)).isEqualTo(bytes.length);
        assertThat(paired).hasSameSizeAs(anything);
    }
}
