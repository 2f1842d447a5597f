// Products of rows and what flows back through them, four values at a time. AssemblyScript; `compile.mjs` makes `compiled.ts` of it.
// Rows are Float32 of `dim` values, a multiple of 4; all addresses are bytes in the caller's memory.

/** out[i, j] = a[i] . b[j], row-major. `countB` is a multiple of 4: of four products no sum waits for another. */
export function products(a: usize, b: usize, out: usize, countA: i32, countB: i32, dim: i32): void {
  const stride: usize = <usize>dim << 2
  for (let i = 0; i < countA; i++) {
    let row = b
    for (let j = 0; j < countB; j += 4) {
      let sum0 = f32x4.splat(0)
      let sum1 = f32x4.splat(0)
      let sum2 = f32x4.splat(0)
      let sum3 = f32x4.splat(0)
      for (let k: usize = 0; k < stride; k += 16) {
        const values = v128.load(a + k)
        const at = row + k
        sum0 = f32x4.add(sum0, f32x4.mul(values, v128.load(at)))
        sum1 = f32x4.add(sum1, f32x4.mul(values, v128.load(at + stride)))
        sum2 = f32x4.add(sum2, f32x4.mul(values, v128.load(at + 2 * stride)))
        sum3 = f32x4.add(sum3, f32x4.mul(values, v128.load(at + 3 * stride)))
      }
      f32.store(out, total(sum0))
      f32.store(out, total(sum1), 4)
      f32.store(out, total(sum2), 8)
      f32.store(out, total(sum3), 12)
      out += 16
      row += 4 * stride
    }
    a += stride
  }
}

/** gradA[i] += slopes[i, j] b[j] and gradB[j] += slopes[i, j] a[i]; slopes of 0 cost next to nothing. */
export function flowBack(slopes: usize, a: usize, b: usize, gradA: usize, gradB: usize, countA: i32, countB: i32, dim: i32): void {
  const stride: usize = <usize>dim << 2
  for (let i = 0; i < countA; i++) {
    for (let j = 0; j < countB; j++) {
      const slope = f32.load(slopes)
      slopes += 4
      if (slope == 0) continue
      const factor = f32x4.splat(slope)
      const row = b + <usize>j * stride
      const gradRow = gradB + <usize>j * stride
      for (let k: usize = 0; k < stride; k += 16) {
        v128.store(gradA + k, f32x4.add(v128.load(gradA + k), f32x4.mul(factor, v128.load(row + k))))
        v128.store(gradRow + k, f32x4.add(v128.load(gradRow + k), f32x4.mul(factor, v128.load(a + k))))
      }
    }
    a += stride
    gradA += stride
  }
}

function total(sum: v128): f32 {
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
}
