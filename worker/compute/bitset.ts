/** Words of a bitset over `count` items: bit i lies in word i >>> 5, at position i & 31. */
export function bitsetLength(count: number): number {
  return Math.ceil(count / 32)
}

/** Whether bit `index` is set; false beyond the end. */
export function hasBit(bits: Uint32Array, index: number): boolean {
  return (((bits[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1
}

/** Sets bit `index` in place; beyond the end it does nothing. */
export function setBit(bits: Uint32Array, index: number): void {
  bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31))
}
