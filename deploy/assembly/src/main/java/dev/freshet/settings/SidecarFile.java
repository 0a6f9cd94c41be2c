package dev.freshet.settings;

import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Code;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Problem;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.write.announce.TopicsOfRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A sidecar's main file. */
public final class SidecarFile {
    private SidecarFile() {}

    /**
     * Loads settings and rules, or every problem of both.
     *
     * @param file named as problems shall name it
     * @param variables where secrets come from, each of which must have a value
     * @param catalog the tables to check against, {@link Catalog#NONE} where none are known
     */
    public static Loading<SidecarSettings> load(Path file, Variables variables, Catalog catalog) {
        return withBroker(new RuleFiles(variables).load(file, catalog, SidecarSettings::read), Optional::of);
    }

    /**
     * The same for those who connect to nothing: variables that have no value here are not missed.
     *
     * @return without settings where one of those would be among them
     */
    public static Loading<Optional<SidecarSettings>> loadWhereKnown(Path file, Catalog catalog) {
        return withBroker(
                new RuleFiles(Variables.whereTheyAreKnown())
                        .load(file, catalog, top -> Optional.of(SidecarSettings.read(top))),
                settings -> settings);
    }

    /** Rules that publish to topics need a broker, which the process around them knows. */
    private static <S> Loading<S> withBroker(Loading<S> loading, Function<S, Optional<SidecarSettings>> settings) {
        if (!(loading instanceof Loading.Loaded<S> loaded)) {
            return loading;
        }
        List<Problem> problems = settings.apply(loaded.settings())
                .filter(known -> known.broker().isEmpty())
                .map(known -> topics(loaded))
                .orElse(List.of());
        if (problems.isEmpty()) {
            return loading;
        }
        return new Loading.Refused<>(Stream.concat(loaded.warnings().stream(), problems.stream())
                .sorted()
                .toList());
    }

    private static List<Problem> topics(Loading.Loaded<?> loaded) {
        return TopicsOfRules.in(loaded.rules()).stream()
                .map(path -> new Problem(
                        Code.UNKNOWN_BROKER,
                        loaded.places()
                                .of(path)
                                .orElseThrow(() ->
                                        new IllegalStateException("a part of a rule that stands nowhere: " + path)),
                        path,
                        SidecarSettings.NO_BROKER,
                        Optional.empty()))
                .toList();
    }

    /** The rules, and where a process of them is, as far as the file says it and variables have values here. */
    public static Loading<Whereabouts> loadWhereabouts(Path file, Catalog catalog) {
        return new RuleFiles(Variables.whereTheyAreKnown())
                .load(file, catalog, top -> Optional.of(Whereabouts.read(top)));
    }
}
