package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What makes a turn a review: its items, and a reviewer's turn within it that never ends. */
final class ImitatedReview {

    private final String inner = ImitatedCodex.freshId();
    private final String about;
    private String text = "";

    ImitatedReview(String about) {
        this.about = about;
    }

    /** The id of the reviewer's own turn. */
    String inner() {
        return inner;
    }

    void enter(ImitatedTurn turn) {
        item(turn, "enteredReviewMode", about);
        var started = Shapes.turn(inner, "inProgress", Json.array(), null);
        turn.notify("turn/started", Json.object("turn", started.put("rootTurnId", turn.id())));
    }

    void said(String words) {
        text = words;
    }

    /** The answer, of which nobody knows whether it is the last. */
    ObjectNode exit(ImitatedTurn turn) {
        item(turn, "exitedReviewMode", text);
        var answer = Shapes.agentMessage(ImitatedCodex.freshId(), text, null);
        turn.started(answer);
        turn.completed(answer);
        return answer;
    }

    private static void item(ImitatedTurn turn, String type, String review) {
        var item = Json.object("type", type, "id", ImitatedCodex.freshId(), "review", review);
        turn.started(item);
        turn.completed(item);
    }
}
