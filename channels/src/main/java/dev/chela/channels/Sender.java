package dev.chela.channels;

import java.util.Optional;

/**
 * Who said something.
 *
 * @param id the platform's stable id, the only thing access is decided on
 * @param name what people see; foreign text
 * @param bot whether the platform marks it as a bot
 */
public record Sender(String id, String name, Optional<String> username, boolean bot) {}
