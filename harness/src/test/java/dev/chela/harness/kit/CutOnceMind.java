package dev.chela.harness.kit;

import dev.chela.harness.scripted.ModelReply;
import dev.chela.harness.scripted.ModelRequest;
import dev.chela.harness.scripted.PhraseMind;
import dev.chela.harness.scripted.ScriptedMind;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Knows the scripted phrases; a text that begins "cut once" is cut the first time only. */
public final class CutOnceMind implements ScriptedMind {

    private final ScriptedMind phrases = new PhraseMind();
    private final Set<String> cut = ConcurrentHashMap.newKeySet();

    @Override
    public ModelReply answer(ModelRequest request) {
        var text = request.userText();
        if (!text.startsWith("cut once")) {
            return phrases.answer(request);
        }
        return cut.add(text)
                ? ModelReply.silent().sayAndCut("This half will not be kep")
                : ModelReply.text("Echo: " + text);
    }
}
