package dev.freshet.write.edge;

/** What a queue says is to be done next. */
sealed interface Step {
    /** This call is to be made, and its reply to be told. */
    record Send(PurgeCall call) implements Step {}

    /** Nothing, before as many nanoseconds have passed or the queue was told something. */
    record Wait(long nanos) implements Step {}
}
