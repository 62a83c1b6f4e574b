package dev.chela.config;

import dev.chela.config.meta.Spelled;

/** Whether a turn's final text is posted, or only what the message tool sends. */
public enum VisibleReplies {
    AUTOMATIC,
    @Spelled("message_tool")
    MESSAGE_TOOL
}
