/** The items of the greatest values, at most so many; all, in their order, where there are no more. @param values by item. */
export function greatestOf(items: Int32Array, values: Float64Array, most: number): Int32Array {
  if (items.length <= most) return items.slice()
  return items
    .slice()
    .sort((a, b) => values[b]! - values[a]! || a - b)
    .slice(0, most)
}
