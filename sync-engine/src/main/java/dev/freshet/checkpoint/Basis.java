package dev.freshet.checkpoint;

import dev.freshet.rules.Fingerprint;

/**
 * By what a cache was kept. With another basis its entries do not say what they should, though no change was missed.
 *
 * @param rules the rules
 * @param tables how the database sends the changes of all of their tables; {@link TableForm} is of each
 */
public record Basis(Fingerprint rules, Fingerprint tables) {}
