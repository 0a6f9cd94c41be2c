/** The tables that rules are checked against: a database's answer arrives, what rules may ask of it leaves. Values only. */
@NullMarked
package dev.freshet.rules.catalog;

import org.jspecify.annotations.NullMarked;
