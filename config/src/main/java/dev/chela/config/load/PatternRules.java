package dev.chela.config.load;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.chela.config.AgentConfig;
import dev.chela.config.ChelaConfig;
import dev.chela.config.GroupChatConfig;
import java.util.List;

/**
 * Every expression an operator wrote is one that RE2 takes: what it takes is searched in linear
 * time, so no pattern can be unsafe.
 */
final class PatternRules {

    private final ConfigRules rules;

    PatternRules(ConfigRules rules) {
        this.rules = rules;
    }

    void check(ChelaConfig config) {
        mentions("messages.groupChat", config.messages().groupChat());
        List<AgentConfig> agents = config.agents().list();
        for (int i = 0; i < agents.size(); i++) {
            String at = "agents.list[%d].groupChat".formatted(i);
            agents.get(i).groupChat().ifPresent(chat -> mentions(at, chat));
        }
        check("logging.redactPatterns", config.logging().redactPatterns());
    }

    private void mentions(String at, GroupChatConfig chat) {
        check(at + ".mentionPatterns", chat.mentionPatterns().orElse(List.of()));
    }

    private void check(String at, List<String> expressions) {
        for (int i = 0; i < expressions.size(); i++) {
            String path = "%s[%d]".formatted(at, i);
            try {
                if (Pattern.compile(expressions.get(i)).matches("")) {
                    rules.error(path, "fits the empty text, so it would fit everything");
                }
            } catch (PatternSyntaxException broken) {
                rules.error(path, "is no RE2 expression: " + broken.getMessage());
            }
        }
    }
}
