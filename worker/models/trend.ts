import type { ModelPart } from './model-part'
import { PartReader } from './part-reader'

/**
 * How much more each item was wanted lately than before.
 * @param part of the model `popularity`.
 * @returns [itemCount], at least 0; 0 where it was not, or too few took it to tell. `undefined` where the log had no times.
 * @throws SottoError `pack-invalid`
 */
export function openTrend(part: ModelPart): Float32Array | undefined {
  return part.tensors.trend && Float32Array.from(new PartReader(part).tensor('trend', [Uint8Array]))
}
