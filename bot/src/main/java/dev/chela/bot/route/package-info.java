/**
 * Where every event goes and how every result comes back: inbound rows to a command, an approval
 * answer or a lane; turn events and outcomes, approvals and questions to delivery. The only place
 * that turns a conversation into a session and a source into a conversation.
 */
@NullMarked
package dev.chela.bot.route;

import org.jspecify.annotations.NullMarked;
