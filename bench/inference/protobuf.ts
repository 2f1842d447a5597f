/** One field of a message: its number and its bytes with what precedes them. */
export type Field = readonly number[]

/** Wire types; Protocol Buffers, "Encoding", section "Message Structure". */
const VARINT = 0
const LENGTH_DELIMITED = 2
const FIXED_32 = 5

/** @param value whole, 0 to 2^53. */
export function integer(field: number, value: number): Field {
  return [...varint(field * 8 + VARINT), ...varint(value)]
}

/** A single float32. */
export function float(field: number, value: number): Field {
  return [...varint(field * 8 + FIXED_32), ...new Uint8Array(Float32Array.of(value).buffer)]
}

/** Text in UTF-8. */
export function text(field: number, value: string): Field {
  return bytes(field, new TextEncoder().encode(value))
}

export function bytes(field: number, value: ArrayLike<number>): Field {
  return [...varint(field * 8 + LENGTH_DELIMITED), ...varint(value.length), ...Array.from(value)]
}

/** A message within a message; its fields may come in any order. */
export function message(field: number, fields: readonly Field[]): Field {
  return bytes(field, fields.flat())
}

/** Seven bits a byte, the lowest first; the highest bit says that more follow. */
function varint(value: number): number[] {
  const written: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) written.push((rest % 128) + 128)
  written.push(rest)
  return written
}
