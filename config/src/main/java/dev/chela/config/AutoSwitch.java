package dev.chela.config;

import dev.chela.config.meta.Spelled;

/** On, off, or what fits the channel. */
public enum AutoSwitch {
    AUTO,
    @Spelled({"true", "on"})
    ON,
    @Spelled({"false", "off"})
    OFF
}
