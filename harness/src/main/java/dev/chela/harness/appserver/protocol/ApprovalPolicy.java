package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/** When the server asks before it acts; open, because versions differ in what they accept. */
public record ApprovalPolicy(@JsonValue String value) {

    public static final ApprovalPolicy UNTRUSTED = new ApprovalPolicy("untrusted");
    public static final ApprovalPolicy ON_REQUEST = new ApprovalPolicy("on-request");
    public static final ApprovalPolicy ON_FAILURE = new ApprovalPolicy("on-failure");
    public static final ApprovalPolicy NEVER = new ApprovalPolicy("never");

    /** Reads what the server reports; an object is named by its only key, {@code granular}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ApprovalPolicy read(JsonNode node) {
        return new ApprovalPolicy(
                node.isObject() && !node.isEmpty() ? node.fieldNames().next() : node.asText());
    }
}
