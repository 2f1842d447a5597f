import type { ModelPart } from '../worker/models/model-part'
import { PACK_FORMAT } from '../worker/text/pack-version'
import { writeSafetensors } from './write-safetensors'

/**
 * Writes what was learned as a file of a pack: the part's tensors in the safetensors layout, and in the header's metadata `format`, `model`
 * and `settings` as JSON. The same part gives the same bytes, whatever the order of its tensors.
 * @throws RangeError naming the tensor whose shape does not fit its data, or the setting that is not finite.
 */
export function writePart({ model, settings, tensors }: ModelPart): Uint8Array<ArrayBuffer> {
  for (const [name, value] of Object.entries(settings)) {
    if (!Number.isFinite(value)) throw new RangeError(`${model}: setting "${name}" is ${value}, expected a finite number`)
  }
  return writeSafetensors(
    Object.entries(tensors).map(([name, tensor]) => ({ name, ...tensor })),
    { format: PACK_FORMAT, model, settings: JSON.stringify(settings) },
  )
}
