package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** No checkpoint can be forgotten; which ones the suite passes, {@link CrashIT} looks at. */
class CheckpointNamesTest {

    @Test
    void everyNameIsALiteralThatTheListCanFind() {
        assertThat(CheckpointNames.inSources())
                .hasSizeGreaterThan(60)
                .contains("inbox.accept", "delivery.send", "web.keep", "telegram.sendChatAction");
        assertThat(CheckpointNames.hidden())
                .as("calls whose name is no literal; name it there, or add the file to PASS_ON")
                .isEmpty();
    }

    @Test
    void noReasonIsLeftOfANameThatIsGone() {
        assertThat(CheckpointNames.inSources()).containsAll(CheckpointNames.reasons().keySet());
    }
}
