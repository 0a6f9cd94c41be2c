package dev.freshet.connector.kafka.connect.log;

import dev.freshet.workerlog.WorkerLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes lines to a log of the worker's. */
@SuppressWarnings("serial") // a logger is told by its name
final class WorkerLogger extends LegacyAbstractLogger {
    private final transient WorkerLog log;

    WorkerLogger(String name) {
        this.name = name;
        this.log = new WorkerLog(name);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            Object @Nullable [] arguments,
            @Nullable Throwable cause) {
        log.log(of(level), MessageFormatter.basicArrayFormat(message, arguments), cause);
    }

    private static WorkerLog.Level of(Level level) {
        return switch (level) {
            case ERROR -> WorkerLog.Level.ERROR;
            case WARN -> WorkerLog.Level.WARN;
            case INFO -> WorkerLog.Level.INFO;
            case DEBUG -> WorkerLog.Level.DEBUG;
            case TRACE -> WorkerLog.Level.TRACE;
        };
    }

    @Override
    public boolean isTraceEnabled() {
        return log.isEnabled(WorkerLog.Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return log.isEnabled(WorkerLog.Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return log.isEnabled(WorkerLog.Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return log.isEnabled(WorkerLog.Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return log.isEnabled(WorkerLog.Level.ERROR);
    }
}
