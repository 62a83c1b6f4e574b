package dev.chela.harness.appserver.protocol;

import java.util.Map;
import java.util.stream.Collectors;

/** Which record each method of the server decodes to. */
final class ServerMethods {

    static final Map<String, Class<? extends ServerRequest>> REQUESTS =
            Map.of(
                    "item/commandExecution/requestApproval", ServerRequest.CommandApproval.class,
                    "item/fileChange/requestApproval", ServerRequest.FileChangeApproval.class,
                    "item/permissions/requestApproval", ServerRequest.PermissionsApproval.class,
                    "item/tool/requestUserInput", ServerRequest.UserInputRequest.class,
                    "mcpServer/elicitation/request", ServerRequest.Elicitation.class,
                    "item/tool/call", ServerRequest.ToolCall.class,
                    "account/chatgptAuthTokens/refresh", ServerRequest.AuthTokensRefresh.class);

    static final Map<String, Class<? extends ServerNotification>> NOTIFICATIONS =
            Map.ofEntries(
                    Map.entry("thread/started", ServerNotification.ThreadStarted.class),
                    Map.entry(
                            "thread/status/changed", ServerNotification.ThreadStatusChanged.class),
                    Map.entry("thread/name/updated", ServerNotification.ThreadNameUpdated.class),
                    Map.entry("thread/closed", ServerNotification.ThreadClosed.class),
                    Map.entry("thread/archived", ServerNotification.ThreadArchived.class),
                    Map.entry(
                            "thread/tokenUsage/updated",
                            ServerNotification.TokenUsageUpdated.class),
                    Map.entry("turn/started", ServerNotification.TurnStarted.class),
                    Map.entry("turn/completed", ServerNotification.TurnCompleted.class),
                    Map.entry("turn/plan/updated", ServerNotification.TurnPlanUpdated.class),
                    Map.entry("item/started", ServerNotification.ItemStarted.class),
                    Map.entry("item/completed", ServerNotification.ItemCompleted.class),
                    Map.entry(
                            "item/agentMessage/delta", ServerNotification.AgentMessageDelta.class),
                    Map.entry(
                            "item/commandExecution/outputDelta",
                            ServerNotification.CommandOutputDelta.class),
                    Map.entry(
                            "item/reasoning/summaryTextDelta",
                            ServerNotification.ReasoningSummaryDelta.class),
                    Map.entry(
                            "item/reasoning/summaryPartAdded",
                            ServerNotification.ReasoningSummaryPartAdded.class),
                    Map.entry(
                            "item/reasoning/textDelta",
                            ServerNotification.ReasoningTextDelta.class),
                    Map.entry("item/plan/delta", ServerNotification.PlanDelta.class),
                    Map.entry(
                            "item/fileChange/patchUpdated",
                            ServerNotification.FileChangePatchUpdated.class),
                    Map.entry(
                            "item/mcpToolCall/progress",
                            ServerNotification.McpToolCallProgress.class),
                    Map.entry(
                            "rawResponseItem/completed",
                            ServerNotification.RawResponseItemCompleted.class),
                    Map.entry("hook/started", ServerNotification.HookStarted.class),
                    Map.entry("hook/completed", ServerNotification.HookCompleted.class),
                    Map.entry(
                            "item/autoApprovalReview/started",
                            ServerNotification.AutoReviewStarted.class),
                    Map.entry(
                            "item/autoApprovalReview/completed",
                            ServerNotification.AutoReviewCompleted.class),
                    Map.entry("error", ServerNotification.Error.class),
                    Map.entry("warning", ServerNotification.Warning.class),
                    Map.entry("guardianWarning", ServerNotification.GuardianWarning.class),
                    Map.entry("configWarning", ServerNotification.ConfigWarning.class),
                    Map.entry("deprecationNotice", ServerNotification.DeprecationNotice.class),
                    Map.entry(
                            "serverRequest/resolved",
                            ServerNotification.ServerRequestResolved.class),
                    Map.entry(
                            "account/rateLimits/updated",
                            ServerNotification.RateLimitsUpdated.class),
                    Map.entry("account/login/completed", ServerNotification.LoginCompleted.class),
                    Map.entry("account/updated", ServerNotification.AccountUpdated.class),
                    Map.entry(
                            "mcpServer/startupStatus/updated",
                            ServerNotification.McpServerStatusUpdated.class));

    private static final Map<Class<? extends ServerNotification>, String> NAMES =
            NOTIFICATIONS.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    static String nameOf(ServerNotification notification) {
        return NAMES.getOrDefault(notification.getClass(), "unknown");
    }

    private ServerMethods() {}
}
