import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SottoError } from '../../src/shared/errors'
import type { Item } from '../../src/shared/items'
import { systemReason } from '../../src/shared/system-reason'
import { type PackCore, readPackCore, readPackTail } from '../../worker/catalog/read-pack'
import type { Shard } from '../../worker/catalog/shard'
import { unitRow } from '../../worker/compute/row-vectors'

type Bytes = Uint8Array<ArrayBuffer>

/** A pack with all its items, in the order of its rows. */
export type OpenedPack = {
  readonly core: PackCore
  readonly coreBytes: Bytes
  readonly items: readonly Item[]
  /** Unit vectors, `values` [items, dim] row-major; zeros for an item without one. */
  readonly vectors: { readonly values: Float32Array; readonly dim: number }
  /** Whether vectors are kept in 16 bits. */
  readonly isFine: boolean
}

/**
 * Reads a pack's core and tails.
 * @param readBeside gives a file that lies beside the core.
 * @throws SottoError `pack-invalid` naming the file's fault; whatever `readBeside` throws.
 */
export async function openPack(coreBytes: Bytes, readBeside: (file: string) => Promise<Bytes>): Promise<OpenedPack> {
  const core = readPackCore(coreBytes)
  const { dim } = core.head
  const shards: Shard[] = [core.head]
  for (const tail of core.tails) shards.push(readPackTail(await readBeside(tail.file), tail, dim))
  const items: Item[] = []
  const values = new Float32Array(core.total * dim)
  for (const shard of shards) {
    for (let row = 0; row < shard.count; row++) values.set(unitRow(shard, row), (items.length + row) * dim)
    items.push(...(await shard.items(Array.from({ length: shard.count }, (_, row) => row))))
  }
  return { core, coreBytes, items, vectors: { values, dim }, isFine: core.head.residuals !== undefined }
}

/**
 * The same of a pack on this disk.
 * @throws SottoError `catalog-failed` naming the file that cannot be read; `pack-invalid`.
 */
export async function openPackFile(path: string): Promise<OpenedPack> {
  const core = await readPackFile(path)
  expectSafetensors(path, core, 'a pack')
  return inFile(path, () => openPack(core, (file) => readPackFile(join(dirname(path), file))))
}

/** @throws SottoError `catalog-failed` */
export async function readPackFile(path: string): Promise<Bytes> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    throw new SottoError('catalog-failed', `${path} cannot be read: ${systemReason(cause)}; check the path`, {}, { cause })
  }
}

/**
 * That a file begins as all safetensors files do, with the length of a header of JSON: others begin otherwise.
 * @throws SottoError `pack-invalid` saying that it is not `kind`.
 */
export function expectSafetensors(path: string, file: Bytes, kind: string): void {
  const header = file.length > 8 ? new DataView(file.buffer, file.byteOffset).getBigUint64(0, true) : 0n
  if (file[8] === 0x7b && header < BigInt(2 ** 32)) return
  throw new SottoError('pack-invalid', `${path} is not ${kind}; check the path`)
}

/** What `read` gives; of a fault it finds, the message names the file. */
export async function inFile<Read>(path: string, read: () => Read | Promise<Read>): Promise<Read> {
  try {
    return await read()
  } catch (cause) {
    if (cause instanceof SottoError) throw new SottoError(cause.code, `${path}: ${cause.message}`, cause.details, { cause })
    throw cause
  }
}
