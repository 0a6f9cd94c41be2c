package dev.freshet.soak;

import static dev.freshet.servers.Eventually.eventually;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import io.lettuce.core.AclCategory;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RestoreArgs;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.codec.StringCodec;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What can go wrong with a part, from the moment it does until it is over. What follows from it is Freshet's to mend. */
enum Fault {
    KILLED(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.killFreshet();
            world.startFreshet();
        }
    },

    /** Between two steps while it works. */
    KILLED_AT_A_STEP(Effect.NONE) {
        private static final List<Step> STEPS =
                List.of(Step.TAKEN, Step.ASKED, Step.WRITING, Step.WRITTEN, Step.SAVING, Step.SAVED, Step.CONFIRMED);

        @Override
        void strike(World world, Random random) {
            dieAt(world, STEPS.get(random.nextInt(STEPS.size())), 1 + random.nextInt(40));
            world.startFreshet();
        }
    },

    /** When a part of it is done and a part is not. */
    KILLED_IN_A_TRANSACTION(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            dieAt(world, Step.TAKEN_WITHIN_A_TRANSACTION, 1 + random.nextInt(3));
            world.startFreshet();
        }
    },

    /** For so long that the fences of what it wrote last have expired, as far as they can before a test ends. */
    KILLED_UNTIL_FENCES_EXPIRE(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            dieAt(world, Step.TAKEN_WITHIN_A_TRANSACTION, 1);
            world.forgetFences();
            world.startFreshet();
        }
    },

    /** Between two steps while it finds out where it was. */
    KILLED_WHILE_STARTING(Effect.NONE) {
        private static final List<Step> STEPS =
                List.of(Step.OPENING, Step.OPENED, Step.TAKEN, Step.WRITTEN, Step.SAVED);

        @Override
        void strike(World world, Random random) {
            world.killFreshet();
            world.startFreshet();
            dieAt(world, STEPS.get(random.nextInt(STEPS.size())), 1);
            world.startFreshet();
        }
    },

    ENDED(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.freshet().terminate();
            world.bury();
            hold(random, 500);
            world.startFreshet();
        }
    },

    /** As a long garbage collection does. */
    PAUSED(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.freshet().pause();
            hold(random, 3_000);
            world.freshet().resume();
        }
    },

    REPLICATION_CUT(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.databaseRoad().cut();
        }
    },

    DATABASE_UNREACHABLE(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.databaseRoad().refuse();
            hold(random, 2_000);
            world.databaseRoad().accept();
        }
    },

    DATABASE_SILENT(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.databaseRoad().hang();
            hold(random, 3_000);
            world.databaseRoad().flow();
        }
    },

    DATABASE_KILLED(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.database().kill();
            world.database().start();
        }
    },

    DATABASE_RESTARTED(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.database().restart();
        }
    },

    DATABASE_PAUSED(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.database().pause();
            hold(random, 2_000);
            world.database().resume();
        }
    },

    /** A synchronous standby is away: commits are in the log, and nobody sees them. */
    COMMITS_WAIT(Effect.NONE) {
        @Override
        void strike(World world, Random random) throws Exception {
            world.tell("alter system set synchronous_standby_names = 'nobody'", "select pg_reload_conf()");
            hold(random, 1_500);
            world.tell("alter system reset synchronous_standby_names", "select pg_reload_conf()");
        }
    },

    SLOT_DROPPED(Effect.RESYNC) {
        @Override
        void strike(World world, Random random) {
            dropSlot(world);
        }
    },

    /** Dropped, and the snapshot that follows is interrupted. */
    KILLED_IN_A_SNAPSHOT(Effect.RESYNC) {
        private static final List<Step> STEPS = List.of(Step.TAKEN, Step.WRITTEN, Step.SAVED, Step.SWEPT);

        @Override
        void strike(World world, Random random) {
            dropSlot(world);
            dieAt(world, STEPS.get(random.nextInt(STEPS.size())), 1 + random.nextInt(3));
            world.startFreshet();
        }
    },

    /** Somebody else read from it. */
    SLOT_MOVED(Effect.RESYNC) {
        @Override
        void strike(World world, Random random) throws Exception {
            world.killFreshet();
            eventually(
                    PATIENCE,
                    () -> world.tell("select pg_replication_slot_advance(slot_name, pg_current_wal_lsn())"
                            + " from pg_replication_slots"));
            world.startFreshet();
        }
    },

    /** A copy of the rows, not quite of this moment, on another server, whose log begins where it likes. */
    DATABASE_MOVED(Effect.FORGETS) {
        @Override
        void strike(World world, Random random) throws Exception {
            DatabaseServer other = world.anotherDatabase();
            world.load().whileStill(() -> Catalogue.copy(world.database(), other));
            hold(random, 1_000);
            world.load().whileStill(() -> world.moveTo(other));
        }
    },

    CACHE_CUT(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.cacheRoad().cut();
        }
    },

    CACHE_UNREACHABLE(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.cacheRoad().refuse();
            hold(random, 2_000);
            world.cacheRoad().accept();
        }
    },

    CACHE_SILENT(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.cacheRoad().hang();
            hold(random, 3_000);
            world.cacheRoad().flow();
        }
    },

    /** It does what it is told, and nobody hears of it. */
    CACHE_REPLIES_LOST(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.cacheRoad().hangReplies();
            hold(random, 1_000);
            world.cacheRoad().cut();
            world.cacheRoad().flow();
        }
    },

    CACHE_KILLED(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.cache().kill();
            hold(random, 500);
            world.cache().start();
        }
    },

    CACHE_PAUSED(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            world.cache().pause();
            hold(random, 2_000);
            world.cache().resume();
        }
    },

    CACHE_FULL(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            set(world, "maxmemory", "1mb");
            hold(random, 2_000);
            set(world, "maxmemory", "0");
        }
    },

    CACHE_READ_ONLY(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            set(world, "min-replicas-to-write", "1");
            hold(random, 2_000);
            set(world, "min-replicas-to-write", "0");
        }
    },

    CACHE_FORBIDS(Effect.NONE) {
        @Override
        void strike(World world, Random random) {
            let(world, AclSetuserArgs.Builder.removeCategory(AclCategory.WRITE));
            hold(random, 2_000);
            let(world, AclSetuserArgs.Builder.allCommands());
        }

        private void let(World world, AclSetuserArgs rights) {
            world.onCache(connection -> connection.sync().aclSetuser("default", rights));
        }
    },

    CACHE_EMPTIED(Effect.FORGETS) {
        @Override
        void strike(World world, Random random) {
            world.onCache(connection -> connection.sync().flushall());
        }
    },

    /** What is left must be right, and nothing is read anew for it; then all goes, so that all comes back. */
    CACHE_EVICTS(Effect.FORGETS) {
        @Override
        void strike(World world, Random random) throws Exception {
            long before = snapshots(world);
            set(world, "maxmemory-policy", "allkeys-lru");
            set(world, "maxmemory", "3mb");
            hold(random, 2_000);
            set(world, "maxmemory", "0");
            set(world, "maxmemory-policy", "noeviction");
            world.load().whileStill(world::awaitPresentEqual);
            if (snapshots(world) > before) {
                throw new Divergence("an eviction was taken for the loss of the cache");
            }
            world.onCache(connection -> connection.sync().flushall());
        }

        private static long snapshots(World world) {
            return world.freshet().errors().stream()
                    .filter(line -> line.contains("source opened") && line.contains("snapshot=\"true\""))
                    .count();
        }
    },

    /** Its replica did not have the last writes. */
    CACHE_FAILS_OVER(Effect.FORGETS) {
        @Override
        void strike(World world, Random random) {
            CacheServer replica = world.replica();
            eventually(PATIENCE, () -> {
                String state = World.on(
                        replica,
                        StringCodec.UTF8,
                        connection -> connection.sync().info("replication"));
                if (!state.contains("master_link_status:up")) {
                    throw new AssertionError(state);
                }
            });
            World.on(replica, StringCodec.UTF8, connection -> connection.sync().replicaofNoOne());
            hold(random, 500);
            world.failOverTo(replica);
        }
    },

    /** With fences and checkpoint as they were then. */
    CACHE_RESTORED_FROM_A_COPY(Effect.FORGETS) {
        private record Copied(String key, ByteBuffer value, long livesMillis) {}

        @Override
        void strike(World world, Random random) throws Exception {
            List<Copied> copy = new ArrayList<>();
            world.load().whileStill(() -> {
                world.awaitEqual();
                copy.addAll(world.onCacheAsItIs(connection -> {
                    List<Copied> all = new ArrayList<>();
                    var commands = connection.sync();
                    ScanIterator.scan(commands, ScanArgs.Builder.limit(5_000)).forEachRemaining(key -> {
                        byte[] value = commands.dump(key);
                        if (value != null) {
                            all.add(new Copied(key, ByteBuffer.wrap(value), Math.max(0, commands.pttl(key))));
                        }
                    });
                    return all;
                }));
            });
            hold(random, 1_000);
            world.cacheRoad().refuse();
            world.onCacheAsItIs(connection -> {
                connection.sync().flushall();
                for (Copied each : copy) {
                    connection
                            .sync()
                            .restore(
                                    each.key(),
                                    each.value().array(),
                                    RestoreArgs.Builder.ttl(each.livesMillis()).replace());
                }
                return copy.size();
            });
            world.cacheRoad().accept();
        }
    };

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** What entries may do because of it. */
    enum Effect {
        /** Nothing but come late. */
        NONE,
        /** Nothing but come late; what nobody told of meanwhile is told of by no message. */
        RESYNC,
        /** Go back in time: the database did, or the cache forgot what it knew. */
        FORGETS
    }

    private final Effect effect;

    Fault(Effect effect) {
        this.effect = effect;
    }

    Effect effect() {
        return effect;
    }

    abstract void strike(World world, Random random) throws Exception;

    private static void hold(Random random, int atMostMillis) {
        World.pass(Duration.ofMillis(1 + random.nextInt(atMostMillis)));
    }

    private static void set(World world, String name, String value) {
        world.onCache(connection -> connection.sync().configSet(name, value));
    }

    /** Where it does not come to that step soon, it is killed wherever it is. */
    private static void dieAt(World world, Step step, int times) {
        world.killOrder().give(step, times);
        try {
            eventually(Duration.ofSeconds(10), () -> {
                if (world.freshet().isAlive()) {
                    throw new AssertionError("still alive");
                }
            });
            world.bury();
        } catch (AssertionError never) {
            world.killFreshet();
        }
        world.killOrder().takeBack();
    }

    /** Whoever reads from it is sent away first. */
    private static void dropSlot(World world) {
        eventually(PATIENCE, () -> {
            try (Connection connection = world.database().connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("select pg_terminate_backend(active_pid) from pg_replication_slots where active");
                try (ResultSet row = statement.executeQuery(
                        "select pg_drop_replication_slot(slot_name) from pg_replication_slots")) {
                    row.next();
                }
            }
        });
    }
}
