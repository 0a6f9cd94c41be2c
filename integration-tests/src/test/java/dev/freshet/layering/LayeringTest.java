package dev.freshet.layering;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import org.jspecify.annotations.NullMarked;

/** Dependencies point one way, and a library is known in one place. */
@AnalyzeClasses(packages = "dev.freshet", importOptions = ImportOption.DoNotIncludeTests.class)
final class LayeringTest {
    private static final String[] DEPLOYED = {
        "dev.freshet.assembly..", "dev.freshet.settings..", "dev.freshet.sidecar.."
    };

    private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("dev.freshet..");

    @ArchTest
    static final ArchRule changeKnowsNothingOfOurs = onlyKnows("dev.freshet.change..", "dev.freshet.change..");

    @ArchTest
    static final ArchRule rulesKnowChanges =
            onlyKnows("dev.freshet.rules..", "dev.freshet.rules..", "dev.freshet.change..");

    @ArchTest
    static final ArchRule plansKnowRulesAndChanges =
            onlyKnows("dev.freshet.plan..", "dev.freshet.plan..", "dev.freshet.rules..", "dev.freshet.change..");

    @ArchTest
    static final ArchRule theEngineKnowsNoAdapter = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.freshet.pipeline..",
                    "dev.freshet.write",
                    "dev.freshet.write.announce..",
                    "dev.freshet.message..",
                    "dev.freshet.checkpoint..",
                    "dev.freshet.deadletter..",
                    "dev.freshet.observe..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.freshet.connector..",
                    "dev.freshet.write.valkey..",
                    "dev.freshet.write.edge..",
                    "dev.freshet.assembly..",
                    "dev.freshet.settings..",
                    "dev.freshet.sidecar..")
            .because("it sees ports only");

    @ArchTest
    static final ArchRule portsDoNotKnowThePipeline = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.freshet.write..",
                    "dev.freshet.message..",
                    "dev.freshet.checkpoint..",
                    "dev.freshet.deadletter..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.freshet.pipeline..", "dev.freshet.observe..");

    @ArchTest
    static final ArchRule theSourceKnowsNoTarget = noClasses()
            .that()
            .resideInAPackage("dev.freshet.connector..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.freshet.write..", "dev.freshet.deadletter..", "dev.freshet.observe..");

    @ArchTest
    static final ArchRule onlyTheSidecarKnowsTheSidecar = noClasses()
            .that()
            .resideOutsideOfPackage("dev.freshet.sidecar..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.freshet.sidecar..");

    @ArchTest
    static final ArchRule onlyWhatIsDeployedKnowsPartsPutTogether = noClasses()
            .that()
            .resideOutsideOfPackages(DEPLOYED)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.freshet.assembly..", "dev.freshet.settings..");

    @ArchTest
    static final ArchRule onlyTheConnectorKnowsDebeziumAndKafka = noClasses()
            .that()
            .resideOutsideOfPackage("dev.freshet.connector..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.debezium..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule onlyTheValkeyWriterAndTheSidecarKnowLettuce = noClasses()
            .that()
            .resideOutsideOfPackages("dev.freshet.write.valkey..", "dev.freshet.assembly..", "dev.freshet.sidecar..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.lettuce..");

    @ArchTest
    static final ArchRule whatLeavesWhenKnowsNoProvider = noClasses()
            .that()
            .resideInAPackage("dev.freshet.write.edge")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.freshet.write.edge..").and(not(resideInAPackage("dev.freshet.write.edge"))));

    @ArchTest
    static final ArchRule aProvidersLibraryIsKnownToItsAdapterAlone = noClasses()
            .that()
            .resideOutsideOfPackages("dev.freshet.write.edge.cloudfront..", "dev.freshet.write.edge.akamai..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "com.akamai..");

    /** A database is asked through the connector alone; the demo, which plays the application, has its own way. */
    @ArchTest
    static final ArchRule onlyTheConnectorAndTheDemoSpeakSql = noClasses()
            .that()
            .resideOutsideOfPackages("dev.freshet.connector..", "dev.freshet.sidecar.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.postgresql..");

    @ArchTest
    static final ArchRule rulesAreReadWithoutTheWorld = noClasses()
            .that()
            .resideInAnyPackage("dev.freshet.change..", "dev.freshet.rules..", "dev.freshet.plan..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.net..", "java.sql..", "org.slf4j..")
                    // An address is a text until somebody calls it.
                    .and(not(belongToAnyOf(URI.class, URISyntaxException.class)))
                    .or(assignableTo(InstantSource.class))
                    .or(assignableTo(Thread.class)))
            .because("what a change means depends on the change and the rules alone");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.freshet.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayARole = classes()
            .should()
            .haveNameNotMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Processor|Service)(\\$.*)?")
            .andShould()
            .haveNameNotMatching(".*[.$]Abstract[A-Z][^.]*");

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .should(new ArchCondition<>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass each, ConditionEvents events) {
                    boolean marked = each.getPackage()
                            .tryGetAnnotationOfType(NullMarked.class)
                            .isPresent();
                    if (!marked) {
                        events.add(SimpleConditionEvent.violated(
                                each, each.getPackageName() + " is not, with " + each.getName()));
                    }
                }
            });

    private static ArchRule onlyKnows(String packages, String... known) {
        return noClasses()
                .that()
                .resideInAPackage(packages)
                .should()
                .dependOnClassesThat(OURS.and(not(resideInAnyPackage(known))));
    }
}
