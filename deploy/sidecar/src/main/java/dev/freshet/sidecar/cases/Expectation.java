package dev.freshet.sidecar.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.sidecar.outcome.Difference;
import dev.freshet.sidecar.outcome.Outcome;
import dev.freshet.sidecar.outcome.OutcomeLine;
import dev.freshet.sidecar.outcome.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that shall be done.
 *
 * @param names what it shall be done to, by fact: {@code key}, {@code member}, {@code tag}
 * @param wanted what else shall be so, by fact; of facts that are not among these anything may be so
 */
record Expectation(Word word, Map<String, String> names, Map<String, Wanted> wanted) {
    /** An entry and a part of an entry are not the same thing: these stand in both or in none. */
    private static final Set<String> PARTS = Set.of("member", "field", "fields", "tagged");

    /** Whether the outcome is about the same thing. */
    boolean isAbout(Outcome outcome) {
        return outcome.word() == word
                && names.entrySet().stream()
                        .allMatch(name -> name.getValue()
                                .equals(outcome.facts().path(name.getKey()).asText()))
                && PARTS.stream().allMatch(part -> says(part) == outcome.facts().has(part));
    }

    private boolean says(String fact) {
        return names.containsKey(fact) || wanted.containsKey(fact);
    }

    /** Where the outcome says something else. */
    List<Difference> differences(Outcome outcome) {
        List<Difference> all = new ArrayList<>();
        wanted.forEach((fact, want) -> all.addAll(want.differences(fact, outcome.facts())));
        return List.copyOf(all);
    }

    ObjectNode toJson() {
        ObjectNode json = facts();
        json.put("outcome", word.text());
        return json;
    }

    private ObjectNode facts() {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        names.forEach(facts::put);
        wanted.forEach((fact, want) -> facts.set(fact, want.shown()));
        return facts;
    }

    /** What it is about, as a line. */
    String about() {
        return new Expectation(word, names, Map.of()).toString();
    }

    /** A line for people, as an outcome's. */
    @Override
    public String toString() {
        return OutcomeLine.of(word, facts());
    }

    /** What a fact shall be. */
    sealed interface Wanted {
        JsonNode shown();

        List<Difference> differences(String fact, ObjectNode found);

        /** The same value. */
        record Exactly(JsonNode value) implements Wanted {
            @Override
            public JsonNode shown() {
                return value;
            }

            @Override
            public List<Difference> differences(String fact, ObjectNode found) {
                return compare(fact, value, found);
            }
        }

        /** What an entry or a message holds: texts where texts are stored, else JSON. */
        record Content(JsonNode typed, JsonNode texts) implements Wanted {
            private static final Set<String> OF_TEXTS = Set.of("string", "hash");

            @Override
            public JsonNode shown() {
                return typed;
            }

            @Override
            public List<Difference> differences(String fact, ObjectNode found) {
                boolean ofTexts = OF_TEXTS.contains(found.path("as").asText());
                return compare(fact, ofTexts ? texts : typed, found);
            }
        }

        /** The same texts in any order. */
        record Texts(List<String> texts) implements Wanted {
            @Override
            public JsonNode shown() {
                var list = JsonNodeFactory.instance.arrayNode();
                texts.stream().sorted().distinct().forEach(list::add);
                return list;
            }

            @Override
            public List<Difference> differences(String fact, ObjectNode found) {
                List<String> there = new ArrayList<>();
                found.path(fact).forEach(text -> there.add(text.asText()));
                JsonNode sorted = new Texts(there).shown();
                return sorted.equals(shown())
                        ? List.of()
                        : List.of(new Difference(fact, Optional.of(shown()), Optional.of(sorted)));
            }
        }

        /** A text that holds this one. */
        record Mention(String text) implements Wanted {
            @Override
            public JsonNode shown() {
                return JsonNodeFactory.instance.textNode(text);
            }

            @Override
            public List<Difference> differences(String fact, ObjectNode found) {
                return found.path(fact).asText().contains(text) ? List.of() : compare(fact, shown(), found);
            }
        }

        private static List<Difference> compare(String fact, JsonNode value, ObjectNode found) {
            JsonNode there = found.get(fact);
            return there == null
                    ? List.of(new Difference(fact, Optional.of(value), Optional.empty()))
                    : Difference.between(fact, value, there);
        }
    }
}
