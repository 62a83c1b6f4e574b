package dev.chela.channels.telegram.kit;

import java.util.Map;

/** A call that the bot made, with its parameters as text. */
public record BotCall(String method, Map<String, String> parameters) {

    public BotCall {
        parameters = Map.copyOf(parameters);
    }

    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
