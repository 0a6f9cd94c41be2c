/**
 * Reads rule files: text arrives, compiled rules or every {@link dev.freshet.rules.yaml.Problem} in it leave.
 *
 * <p>From the outside in: {@link dev.freshet.rules.yaml.RuleFiles} loads a main file and what it includes; {@link
 * dev.freshet.rules.yaml.Section} and {@link dev.freshet.rules.yaml.Kind} read keys and values, of rules and of process
 * settings alike; {@link dev.freshet.rules.yaml.Node} is the text as a tree that knows its places. A mistake of the user never
 * throws: it is reported to {@link dev.freshet.rules.yaml.Problems}, and reading goes on to find the next one.
 *
 * <p>Runs on the thread that loads; touches the file system and nothing else.
 */
@NullMarked
package dev.freshet.rules.yaml;

import org.jspecify.annotations.NullMarked;
