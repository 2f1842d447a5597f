/** In place, every order equally likely. Source: Durstenfeld, Communications of the ACM 7 (1964), algorithm 235. */
export function shuffled(values: Int32Array, random: () => number): Int32Array {
  for (let at = values.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const value = values[at]!
    values[at] = values[other]!
    values[other] = value
  }
  return values
}
