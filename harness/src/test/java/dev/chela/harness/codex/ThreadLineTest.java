package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.appserver.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadLineTest {

    private final ThreadLine line = new ThreadLine();
    private final List<String> closed = new ArrayList<>();

    @Test
    void whoComesAfterTheRunHungUpIsClosed() {
        int number = line.number();
        line.take(number, subscription("first"));
        line.hangUp();

        assertThat(line.take(number, subscription("late"))).isFalse();
        assertThat(line.isStill(number)).isFalse();
        assertThat(closed).containsExactly("first", "late");
    }

    @Test
    void aLaterConnectionTakesThePlaceOfAnEarlierOne() {
        line.take(line.number(), subscription("first"));
        assertThat(line.take(line.number(), subscription("second"))).isTrue();
        assertThat(closed).containsExactly("first");
        line.hangUp();
        assertThat(closed).containsExactly("first", "second");
    }

    private Subscription subscription(String name) {
        return () -> closed.add(name);
    }
}
