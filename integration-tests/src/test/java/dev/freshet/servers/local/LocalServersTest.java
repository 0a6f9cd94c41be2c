package dev.freshet.servers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.servers.CacheMemory;
import dev.freshet.servers.CacheRelease;
import dev.freshet.servers.PostgresProbe;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.ServerSettings;
import dev.freshet.servers.process.ChildProcess;
import java.nio.file.Files;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LocalServersTest {
    @ParameterizedTest
    @EnumSource
    void aKilledDatabaseLeavesNoProcess(PostgresRelease release) {
        try (var database = LocalPostgres.create(release, ServerSettings.DEFAULT, Unprivileged.here())) {
            var processes = database.tree();
            assertThat(processes).hasSizeGreaterThan(3);
            database.kill();
            assertThat(processes).allMatch(ChildProcess::isGone);
        }
    }

    @Test
    void aPausedDatabaseCanBeKilled() {
        try (var database = LocalPostgres.create(PostgresRelease.V18, ServerSettings.DEFAULT, Unprivileged.here())) {
            var processes = database.tree();
            database.pause();
            database.kill();
            assertThat(processes).allMatch(ChildProcess::isGone);
        }
    }

    @Test
    void aClosedDatabaseLeavesNoFiles() {
        var database = LocalPostgres.create(PostgresRelease.V18, ServerSettings.DEFAULT, Unprivileged.here());
        var directory = database.directory();
        assertThat(Files.exists(directory)).isTrue();
        database.close();
        assertThat(Files.exists(directory)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aKilledCacheLeavesNoProcess(CacheRelease release) {
        try (var cache = LocalCache.create(CacheBinary.of(release), CacheMemory.LOST, ServerSettings.DEFAULT)) {
            var processes = cache.tree();
            cache.kill();
            assertThat(processes).allMatch(ChildProcess::isGone);
        }
    }

    @Test
    void aServerThatRefusesItsSettingsIsReportedWithItsLog() {
        var wrong = ServerSettings.DEFAULT.with("wal_level", "lyrical");
        assertThatThrownBy(() -> LocalPostgres.create(PostgresRelease.V18, wrong, Unprivileged.here()))
                .hasMessageContaining("lyrical");
    }

    @Test
    void rootRunsADatabaseAsAnotherUserWhereItMayNotMakeANamespace() throws SQLException {
        assumeTrue(!Unprivileged.here().equals(Unprivileged.AS_IS), "only root can");
        try (var database = LocalPostgres.create(PostgresRelease.V18, ServerSettings.DEFAULT, Unprivileged.BY_USER)) {
            database.kill();
            database.start();
            PostgresProbe.query(database);
        }
    }
}
