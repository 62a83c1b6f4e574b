package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Begins a sign-in; it is done at {@code account/login/completed}. */
public sealed interface LoginStart extends ClientRequest<LoginStart.Result> {

    /** The wire's tag. */
    @JsonProperty("type")
    String type();

    @Override
    default String method() {
        return "account/login/start";
    }

    @Override
    default Class<Result> result() {
        return Result.class;
    }

    /** With a Platform key; the server keeps it in clear in its home and does not try it. */
    record ApiKey(String apiKey) implements LoginStart {
        @Override
        public String type() {
            return "apiKey";
        }

        @Override
        public String toString() {
            return "ApiKey[***]";
        }
    }

    /** With a subscription, through a browser on this machine. */
    record Chatgpt() implements LoginStart {
        @Override
        public String type() {
            return "chatgpt";
        }
    }

    /** With a subscription, through a code typed on any device. */
    record DeviceCode() implements LoginStart {
        @Override
        public String type() {
            return "chatgptDeviceCode";
        }
    }

    /** With tokens that Chela holds and renews. */
    record AuthTokens(String accessToken, String chatgptAccountId, @Nullable String chatgptPlanType)
            implements LoginStart {
        @Override
        public String type() {
            return "chatgptAuthTokens";
        }

        @Override
        public String toString() {
            return "AuthTokens[***]";
        }
    }

    /** What to do next. */
    sealed interface Result {

        /** Nothing: wait for {@code account/login/completed}. */
        record Accepted() implements Result {}

        /** Open this address in a browser on this machine. */
        record Browser(String loginId, String authUrl) implements Result {}

        /** Type this code at this address, on any device. */
        record Code(String loginId, String verificationUrl, String userCode) implements Result {}

        /** An answer that this version of Chela does not know. */
        record Unknown(String type, @JsonValue JsonNode raw) implements Result {}
    }
}
