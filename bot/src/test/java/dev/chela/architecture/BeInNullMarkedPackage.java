package dev.chela.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Holds for a class whose package says what null means in it. */
final class BeInNullMarkedPackage extends ArchCondition<JavaClass> {

    static final ArchCondition<JavaClass> RULE = new BeInNullMarkedPackage();

    private BeInNullMarkedPackage() {
        super("be in a @NullMarked package");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
            events.add(
                    SimpleConditionEvent.violated(
                            type, type.getPackageName() + " has no @NullMarked package-info.java"));
        }
    }
}
