import { dirname, join } from 'node:path'
import { SottoError } from '../../src/shared/errors'
import { readPart } from '../../worker/models/read-part'
import { offsetOf } from '../learn/revise-prior'
import { openPackFile, readPackFile } from '../read/open-pack'

/** How far the pack at `path` has moved the ranker's prior; nothing where there is none that can be read. */
export async function keptOffset(path: string): Promise<ReadonlyMap<string, number>> {
  try {
    const { core } = await openPackFile(path)
    const file = core.parts.find(({ model }) => model === 'blend')
    return file ? offsetOf(readPart(await readPackFile(join(dirname(path), file.file)))) : new Map()
  } catch (cause) {
    // The first pack, or one that is replaced because it is damaged: there is nothing to go on from.
    if (cause instanceof SottoError) return new Map()
    throw cause
  }
}
