import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every file of a folder, as it is at this moment. */
export function filesIn(folder: string): readonly Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
}

export function isIn(folder: string, needle: Buffer): boolean {
  return filesIn(folder).some((file) => file.includes(needle))
}

/** Totals as PostgreSQL writes an `integer[]`: each in four bytes. They are many, so that what stands before them need not be looked for. */
export function arrayForm(counts: readonly number[]): Buffer {
  return Buffer.from(Int32Array.from(counts).buffer)
}

/** What a report adds to totals. @param bits [8] */
export function countsOf(bits: Uint8Array, k: number): readonly number[] {
  return Array.from({ length: k }, (_, bucket) => (bits[bucket >> 3]! >> (bucket & 7)) & 1)
}
