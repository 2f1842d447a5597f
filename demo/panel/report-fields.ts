/** One field of a report: where it stands among its 40 bytes, and what it is for. */
export type ReportField = { readonly name: string; readonly hex: string }

const FIELDS: readonly (readonly [name: string, bytes: number])[] = [
  ['version', 1],
  ['which question', 1],
  ['which group, drawn by chance', 1],
  ['always zero', 1],
  ['which week', 4],
  ['which plan', 8],
  ['one-time number', 16],
  ['the buckets named', 8],
]

/** Takes a report apart. @param hex two digits a byte. @returns one entry of the whole where it is no report of 40 bytes. */
export function reportFields(hex: string): ReportField[] {
  const bytes = FIELDS.reduce((sum, [, length]) => sum + length, 0)
  if (hex.length !== 2 * bytes) return [{ name: 'encrypted for two operators', hex }]
  let at = 0
  return FIELDS.map(([name, length]) => {
    const start = at
    at += 2 * length
    return { name, hex: hex.slice(start, at) }
  })
}
