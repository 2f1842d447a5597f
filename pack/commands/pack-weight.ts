import { gzipSync } from 'node:zlib'
import type { PackCore } from '../../worker/catalog/read-pack'
import type { NamedBytes } from '../write/save-pack'
import { many, size } from './words'

/** Bytes as they lie on the disk, and as a server sends them. */
export type Weight = { readonly bytes: number; readonly gzip: number }

/** What a visitor downloads of a pack, and when. */
export type PackWeight = {
  /** Before the first shelf. */
  readonly core: Weight & { readonly items: number }
  /** Later, when the engine is idle. */
  readonly tails: Weight & { readonly files: number }
  /** Each when it is first used. */
  readonly parts: readonly (Weight & { readonly model: string })[]
}

/** @param files those beside the core, in any order. */
export function weigh(coreBytes: Uint8Array, core: PackCore, files: readonly NamedBytes[]): PackWeight {
  const found = new Map(files.map(({ name, bytes }) => [name, weightOf(bytes)]))
  const weightOfFile = (file: string) => found.get(file) ?? { bytes: 0, gzip: 0 }
  const tails = core.tails.map(({ file }) => weightOfFile(file))
  const sum = (field: keyof Weight) => tails.reduce((total, tail) => total + tail[field], 0)
  return {
    core: { ...weightOf(coreBytes), items: core.head.count },
    tails: { files: tails.length, bytes: sum('bytes'), gzip: sum('gzip') },
    parts: core.parts.map(({ model, file }) => ({ model, ...weightOfFile(file) })),
  }
}

/** The same for people, a line each. */
export function weightLines({ core, tails, parts }: PackWeight): readonly string[] {
  const both = ({ bytes, gzip }: Weight) => `${size(bytes)}, ${size(gzip)} with gzip`
  return [
    `Before the first shelf: the core, ${many(core.items, 'item')}: ${both(core)}`,
    ...(tails.files > 0 ? [`When idle: ${many(tails.files, 'tail')}: ${both(tails)}`] : []),
    ...parts.map((part) => `When used: ${part.model}: ${both(part)}`),
  ]
}

function weightOf(bytes: Uint8Array): Weight {
  return { bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length }
}
