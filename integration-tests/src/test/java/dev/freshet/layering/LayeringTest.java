package dev.freshet.layering;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way: change, rules, plan, pipeline, adapters, sidecar. */
@AnalyzeClasses(packages = "dev.freshet", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    @ArchTest
    static final ArchRule dependenciesPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("change")
            .definedBy("dev.freshet.change..")
            .layer("rules")
            .definedBy("dev.freshet.rules..")
            .layer("plan")
            .definedBy("dev.freshet.plan..")
            .layer("ports")
            .definedBy(
                    "dev.freshet.write",
                    "dev.freshet.checkpoint..",
                    "dev.freshet.deadletter..",
                    "dev.freshet.observe..",
                    "dev.freshet.pipeline..")
            .layer("valkey")
            .definedBy("dev.freshet.write.valkey..")
            .layer("connector")
            .definedBy("dev.freshet.connector..")
            .layer("sidecar")
            .definedBy("dev.freshet.sidecar..")
            .whereLayer("sidecar")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("connector")
            .mayOnlyBeAccessedByLayers("sidecar")
            .whereLayer("valkey")
            .mayOnlyBeAccessedByLayers("sidecar")
            .whereLayer("ports")
            .mayOnlyBeAccessedByLayers("valkey", "connector", "sidecar")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("ports", "valkey", "connector", "sidecar")
            .whereLayer("rules")
            .mayOnlyBeAccessedByLayers("plan", "ports", "valkey", "connector", "sidecar")
            .ignoreDependency(alwaysTrue(), resideInAPackage("dev.freshet.change.."));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.freshet.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule debeziumAndKafkaAreSeenInTheConnectorAlone = noClasses()
            .that()
            .resideOutsideOfPackage("dev.freshet.connector..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.debezium..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule lettuceIsSeenInItsAdapterAndWhereItIsWired = noClasses()
            .that()
            .resideOutsideOfPackages("dev.freshet.write.valkey..", "dev.freshet.sidecar..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.lettuce..");

    @ArchTest
    static final ArchRule planningHasNoClockNoLoggerAndNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage("dev.freshet.change..", "dev.freshet.plan..", "dev.freshet.rules.expression..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.file..", "java.sql..", "org.slf4j..", "java.util.logging..")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs =
            classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl|Processor)(\\$.*)?");
}
