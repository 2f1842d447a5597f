/**
 * How many columns a wide shelf should have: of 4, 5 and 6 the number that leaves the fullest last row; 3 for up to 3 cards.
 *
 * @param count cards, ≥ 1. Ties go to fewer columns, which means larger pictures.
 * @example fittingColumns(8) // 4; fittingColumns(9) is 5 (5 + 4), fittingColumns(11) is 6 (6 + 5)
 */
export function fittingColumns(count: number): 3 | 4 | 5 | 6 {
  if (count <= 3) return 3
  const fullness = (columns: number) => (((count - 1) % columns) + 1) / columns
  return ([4, 5, 6] as const).reduce((best, columns) => (fullness(columns) > fullness(best) ? columns : best))
}
