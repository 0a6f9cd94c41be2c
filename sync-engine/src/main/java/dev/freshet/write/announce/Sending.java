package dev.freshet.write.announce;

import dev.freshet.message.Address;
import dev.freshet.message.Answer;
import dev.freshet.message.Courier;
import dev.freshet.message.Message;
import dev.freshet.write.WriteResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The messages of several operations on their way. Where one is put off, so are all to the same address, whatever became of them: they
 * come again together and in their order, so the last that is heard of something is the last that was said of it.
 */
final class Sending {
    private Sending() {}

    /** What is to be said of each operation, by its index. */
    static Map<Integer, WriteResult> of(SequencedMap<Integer, Message> messages, Courier courier)
            throws InterruptedException {
        if (messages.isEmpty()) {
            return Map.of();
        }
        List<Message> all = List.copyOf(messages.values());
        List<Answer> answers = courier.send(all);
        if (answers.size() != all.size()) {
            throw new IllegalStateException(answers.size() + " answers to " + all.size() + " messages");
        }
        return results(List.copyOf(messages.keySet()), all, answers);
    }

    static Map<Integer, WriteResult> results(List<Integer> indexes, List<Message> messages, List<Answer> answers) {
        Map<Address, WriteResult> putOff = new HashMap<>();
        List<WriteResult> each = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            WriteResult result = switch (answers.get(i)) {
                case Answer.Taken taken -> new WriteResult.Applied();
                case Answer.Refused refused -> new WriteResult.Rejected(refused.reason());
                case Answer.PutOff later -> {
                    WriteResult why = new WriteResult.RetryAfter(later.delay(), later.reason());
                    putOff.putIfAbsent(messages.get(i).to(), why);
                    yield why;
                }
            };
            each.add(result);
        }
        Map<Integer, WriteResult> results = new TreeMap<>();
        for (int i = 0; i < answers.size(); i++) {
            WriteResult together = putOff.get(messages.get(i).to());
            results.put(indexes.get(i), together == null ? each.get(i) : together);
        }
        return results;
    }
}
