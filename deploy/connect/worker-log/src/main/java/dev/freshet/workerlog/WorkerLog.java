package dev.freshet.workerlog;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A log of the worker's. Of SLF4J only what releases 1.7 and 2 have in common is called. Safe for use by several threads. */
public final class WorkerLog {
    private final Logger logger;

    /** How much a line matters. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    public WorkerLog(String name) {
        this.logger = LoggerFactory.getLogger(name);
    }

    /** Lines of this thread are of a task of a connector, in the form that Connect gives its own. */
    public static void of(String connector, String task) {
        MDC.put("connector.context", "[" + connector + "|task-" + task + "] ");
    }

    public boolean isEnabled(Level level) {
        return switch (level) {
            case ERROR -> logger.isErrorEnabled();
            case WARN -> logger.isWarnEnabled();
            case INFO -> logger.isInfoEnabled();
            case DEBUG -> logger.isDebugEnabled();
            case TRACE -> logger.isTraceEnabled();
        };
    }

    public void log(Level level, String line, @Nullable Throwable cause) {
        switch (level) {
            case ERROR -> logger.error(line, cause);
            case WARN -> logger.warn(line, cause);
            case INFO -> logger.info(line, cause);
            case DEBUG -> logger.debug(line, cause);
            case TRACE -> logger.trace(line, cause);
        }
    }
}
