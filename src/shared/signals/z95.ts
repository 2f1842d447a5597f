/**
 * Standard errors to either side of an estimate within which a normal distribution lies 95 times of 100: its 97.5 % quantile, to double precision.
 * Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1.
 */
export const Z95 = 1.959963984540054
