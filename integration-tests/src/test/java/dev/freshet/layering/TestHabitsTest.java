package dev.freshet.layering;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** How tests are written here. */
@AnalyzeClasses(packages = "dev.freshet", importOptions = ImportOption.OnlyIncludeTests.class)
final class TestHabitsTest {
    @ArchTest
    static final ArchRule testsWaitThroughEventuallyAlone = noClasses()
            .should()
            .callMethodWhere(target(name("sleep")).and(target(owner(assignableTo(Thread.class)))))
            .because("a sleep is too short on a slow machine and too long on a fast one");
}
