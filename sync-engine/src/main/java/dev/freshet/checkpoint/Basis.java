package dev.freshet.checkpoint;

import dev.freshet.rules.Fingerprint;

/**
 * By what a cache was kept. With another basis its entries do not say what they should, though no change was missed.
 *
 * @param rules the rules
 * @param tables their tables, as far as names of rows depend on them and on what the database sends of old rows
 */
public record Basis(Fingerprint rules, Fingerprint tables) {}
