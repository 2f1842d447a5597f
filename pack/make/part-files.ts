import { type PartFile, tailName } from '../../worker/catalog/pack-format'
import type { ModelPart } from '../../worker/models/model-part'
import type { NamedBytes } from '../write/save-pack'
import { writePart } from '../write-part'

/**
 * The files of learned parts, and how a core announces them.
 * @param name what the names of the pack's files begin with.
 */
export function partFiles(name: string, parts: readonly ModelPart[]): readonly (NamedBytes & { readonly announced: PartFile })[] {
  return parts.map((part) => {
    const bytes = writePart(part)
    const file = tailName(name, bytes)
    return { name: file, bytes, announced: { model: part.model, file, bytes: bytes.length } }
  })
}
