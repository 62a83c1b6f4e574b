package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What makes a turn a review: its items, and a reviewer's turn within it that never ends. While it
 * runs the thread is read with the reviewer's turn only; afterwards that one is interrupted and the
 * review stands behind it.
 */
final class ImitatedReview {

    private final String inner = ImitatedCodex.freshId();
    private final ObjectNode entered;
    private String text = "";
    private boolean over;

    ImitatedReview(String about) {
        entered = item("enteredReviewMode", about);
    }

    /** The id of the turn that the thread is read with now. */
    String stored(ImitatedTurn turn) {
        return over ? turn.id() : inner;
    }

    void enter(ImitatedTurn turn) {
        turn.started(entered);
        turn.tellCompleted(entered);
        var started = Shapes.turn(inner, "inProgress", Json.array(), null);
        turn.notify("turn/started", Json.object("turn", started.put("rootTurnId", turn.id())));
    }

    void said(String words) {
        text = words;
    }

    /** The answer, of which nobody knows whether it is the last. */
    ObjectNode exit(ImitatedThread thread, ImitatedTurn turn) {
        thread.endTurn(inner, "interrupted", null);
        over = true;
        thread.addTurn(turn.id());
        thread.addItem(turn.id(), entered);
        var exited = item("exitedReviewMode", text);
        turn.started(exited);
        turn.completed(exited);
        var answer = Shapes.agentMessage(ImitatedCodex.freshId(), text, null);
        turn.started(answer);
        turn.completed(answer);
        return answer;
    }

    private static ObjectNode item(String type, String review) {
        return Json.object("type", type, "id", ImitatedCodex.freshId(), "review", review);
    }
}
