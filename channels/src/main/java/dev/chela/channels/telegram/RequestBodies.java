package dev.chela.channels.telegram;

import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.utility.BotUtils;
import java.io.File;
import java.util.Map;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;

/** Writes the library's requests as HTTP bodies: a form, or parts when a file goes along. */
final class RequestBodies {

    private RequestBodies() {}

    static RequestBody of(BaseRequest<?, ?> request) {
        return request.isMultipart() ? parts(request) : form(request);
    }

    private static RequestBody form(BaseRequest<?, ?> request) {
        FormBody.Builder form = new FormBody.Builder();
        for (Map.Entry<String, Object> entry : request.getParameters().entrySet()) {
            form.add(entry.getKey(), value(entry.getValue()));
        }
        return form.build();
    }

    private static RequestBody parts(BaseRequest<?, ?> request) {
        MultipartBody.Builder parts = new MultipartBody.Builder().setType(MultipartBody.FORM);
        for (Map.Entry<String, Object> entry : request.getParameters().entrySet()) {
            if (entry.getValue() instanceof File file) {
                parts.addFormDataPart(
                        entry.getKey(),
                        request.getFileName(),
                        RequestBody.create(file, MediaType.parse(request.getContentType())));
            } else {
                parts.addFormDataPart(entry.getKey(), value(entry.getValue()));
            }
        }
        return parts.build();
    }

    private static String value(Object value) {
        return switch (value) {
            case String text -> text;
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            case Enum<?> word -> word.toString();
            case Object other -> BotUtils.toJson(other);
        };
    }
}
