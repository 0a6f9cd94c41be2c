package dev.freshet.soak;

import static dev.freshet.servers.Eventually.eventually;

import dev.freshet.servers.PostgresRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One run: load, faults one after the other, and after each of them everything is compared. */
final class Soak {
    private static final Duration CAUGHT_UP = Duration.ofSeconds(1);

    /**
     * What a run is made of; the same plan is the same run, as far as threads and clocks allow.
     *
     * @param faults drawn from, with equal chances
     * @param most after so many faults it ends
     * @param atMost after so long it ends as well
     * @param between faults, on average
     * @param rowsASecond of the load
     * @param patience after a fault, with Freshet and whatever it needs
     */
    record Plan(
            long seed,
            PostgresRelease release,
            List<Fault> faults,
            int most,
            Duration atMost,
            Duration between,
            int rowsASecond,
            Duration patience,
            Optional<Sabotage> sabotage) {
        Plan {
            faults = List.copyOf(faults);
        }
    }

    /**
     * A fault that was survived.
     *
     * @param at since the run began
     * @param caughtUp from its end until the cache was less than a second old
     */
    record Survived(Fault fault, Duration at, Duration caughtUp) {}

    /**
     * What a run has seen.
     *
     * @param rows that the load changed
     * @param looks at entries, by readers
     */
    record Report(Plan plan, List<Survived> survived, long rows, long looks, Duration took) {}

    private final Plan plan;
    private final Path folder;
    private final List<Survived> survived = new ArrayList<>();

    Soak(Plan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
    }

    /** @throws Divergence where a promise was seen broken; it tells the seed and the faults so far */
    Report run() throws Exception {
        Random random = new Random(plan.seed());
        try (World world = new World(plan, folder)) {
            String now = "the beginning";
            try {
                world.begin();
                long begun = System.nanoTime();
                while (survived.size() < plan.most() && since(begun).compareTo(plan.atMost()) < 0) {
                    watch(
                            world,
                            Duration.ofMillis(random.nextLong(2 * plan.between().toMillis())));
                    Fault fault = plan.faults().get(random.nextInt(plan.faults().size()));
                    Duration at = since(begun);
                    now = fault + " at " + at;
                    survived.add(new Survived(fault, at, survive(world, fault, random)));
                }
                return new Report(
                        plan, survived, world.load().rows(), world.readers().looks(), since(begun));
            } catch (Divergence | AssertionError e) {
                throw new Divergence(story(world, now, String.valueOf(e.getMessage())), e);
            }
        }
    }

    private Duration survive(World world, Fault fault, Random random) throws Exception {
        world.readers().judgeUnder(fault.effect());
        fault.strike(world, random);
        long over = System.nanoTime();
        long beat = world.newestBeat();
        eventually(plan.patience(), () -> {
            check(world);
            Duration lag = world.lag(beat);
            if (lag.compareTo(CAUGHT_UP) >= 0) {
                throw new AssertionError("the cache is " + lag + " old");
            }
        });
        Duration caughtUp = since(over);
        world.load().whileStill(() -> {
            if (fault.effect() != Fault.Effect.NONE) {
                world.expectNoMessagesSoFar();
            }
            world.awaitEqual();
        });
        check(world);
        world.readers().judgeUnder(Fault.Effect.NONE);
        return caughtUp;
    }

    private static void watch(World world, Duration time) {
        World.pass(time);
        check(world);
    }

    private static void check(World world) {
        world.readers().check();
        world.load().check();
        if (!world.freshet().isAlive()) {
            throw new Divergence("Freshet has ended");
        }
    }

    private String story(World world, String now, String what) {
        StringBuilder story = new StringBuilder();
        story.append("seed ")
                .append(plan.seed())
                .append(" on PostgreSQL ")
                .append(plan.release().major());
        story.append(", during or after ").append(now).append(": ").append(what).append("\nfaults before:");
        survived.forEach(
                each -> story.append("\n  ").append(each.at()).append(' ').append(each.fault()));
        story.append("\nFreshet's last words:");
        world.words().forEach(line -> story.append("\n  ").append(line));
        return story.toString();
    }

    private static Duration since(long nanos) {
        return Duration.ofMillis((System.nanoTime() - nanos) / 1_000_000);
    }
}
