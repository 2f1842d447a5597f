/** Scales a vector to norm 1 in place and returns it; zeros stay zeros. */
export function toUnit<V extends Float32Array | Float64Array>(vector: V): V {
  let squares = 0
  for (const value of vector) squares += value * value
  if (squares > 0) {
    const factor = 1 / Math.sqrt(squares)
    for (let at = 0; at < vector.length; at++) vector[at]! *= factor
  }
  return vector
}
