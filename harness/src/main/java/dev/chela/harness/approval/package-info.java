/**
 * Approvals and questions of every asker: Codex, a command, a tool. Keeps each in the {@code
 * approval} table, lets the asking virtual thread wait, and takes the first decision; a decision is
 * on disk before anybody acts on it. Knows no people and no platforms: who may decide is checked by
 * the caller, and how a prompt looks is the {@link dev.chela.harness.approval.ApprovalDesk}'s.
 */
@NullMarked
package dev.chela.harness.approval;

import org.jspecify.annotations.NullMarked;
