package dev.chela.harness.testing;

import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnKey;
import java.util.List;

/** Turns and conversations that tests talk about. */
public final class SampleTurns {

    public static final SessionKey SESSION = new SessionKey("agent:main:web:direct:ada");

    private SampleTurns() {}

    public static Source direct() {
        return new Source("web:ada", Source.Kind.DIRECT, "web", "ada", "Ada", true);
    }

    public static Source group(String asker) {
        return new Source("tg:group:7", Source.Kind.GROUP, "telegram", asker, "Someone", false);
    }

    public static TurnContext turn(String key) {
        return new TurnContext(
                new TurnKey(key), SESSION, direct(), ReplyMode.AUTOMATIC, List.of(1L));
    }
}
