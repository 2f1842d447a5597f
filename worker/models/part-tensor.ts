import { invalid } from '../text/pack-invalid'
import type { ModelPart, PartArray } from './model-part'

/**
 * Takes a tensor out of a part, checked.
 * @param type class that its values must have.
 * @param shape lengths by dimension; -1 for one that may be any.
 * @returns its values, not copied.
 * @throws SottoError `pack-invalid` naming the tensor that is missing, of another type or of another shape.
 */
export function partTensor<T extends PartArray>(
  { tensors }: ModelPart,
  name: string,
  type: new (length: number) => T,
  shape: readonly number[],
): T {
  const tensor = tensors[name]
  if (!tensor) throw invalid('is missing', name)
  const { data } = tensor
  if (!(data instanceof type)) throw invalid(`holds ${data.constructor.name}, expected ${type.name}`, name)
  const fits = tensor.shape.length === shape.length && shape.every((length, at) => length < 0 || length === tensor.shape[at])
  if (!fits || data.length !== tensor.shape.reduce((product, length) => product * length, 1)) {
    throw invalid(`has shape [${tensor.shape}] and ${data.length} values, expected [${shape}]`, name)
  }
  return data
}
