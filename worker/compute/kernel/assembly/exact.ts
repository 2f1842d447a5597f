/**
 * The score that every backend orders by: the very additions of `exact-score.ts`, in the same order, in float64. A row is read up to its
 * own end and no further.
 */
export function exactScore(query: usize, row: usize, dim: i32, scale: f32): f32 {
  let ab = f64x2.splat(0)
  let cd = f64x2.splat(0)
  const end = row + usize(dim)
  const blocks = row + usize(dim & ~3)
  while (row < blocks) {
    const values = i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(row)))
    const given = v128.load(query)
    ab = f64x2.add(ab, f64x2.mul(f64x2.promote_low_f32x4(given), f64x2.convert_low_i32x4_s(values)))
    cd = f64x2.add(cd, f64x2.mul(f64x2.promote_low_f32x4(high(given)), f64x2.convert_low_i32x4_s(high(values))))
    row += 4
    query += 16
  }
  let a = f64x2.extract_lane(ab, 0)
  while (row < end) {
    a += f64(load<f32>(query)) * f64(load<i8>(row))
    row++
    query += 4
  }
  const sum = a + f64x2.extract_lane(ab, 1) + (f64x2.extract_lane(cd, 0) + f64x2.extract_lane(cd, 1))
  return f32(sum * f64(scale)) + 0
}

function high(vector: v128): v128 {
  return v128.shuffle<i64>(vector, vector, 1, 1)
}
