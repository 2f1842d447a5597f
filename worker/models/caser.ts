import type { Tensor } from '../compute/tensors/model'
import type { Ops } from '../compute/tensors/ops'
import type { TensorService } from '../compute/tensors/tensor-service'
import type { ModelPart } from './model-part'
import type { Network } from './network'
import { openNetwork } from './open-network'
import type { Recommender } from './recommender'

/**
 * Convolutions over the last few items as over an image of [length, dim]: filters of every height slide along time and their strongest
 * answer counts; filters of one column add up the items place by place.
 * Settings: `length`, `dim`, `filters` of each height, `columns`, `dropout` (training).
 * Source: Tang, Wang: Personalized Top-N Sequential Recommendation via Convolutional Sequence Embedding, WSDM 2018, section 3. It departs in
 * having no embedding of the visitor, of whom nothing is known in advance, and one table for items going in and coming out.
 */
export const CASER: Network = {
  name: 'caser',
  table: 'items',
  bias: 'bias',
  length: ({ length }) => length!,
  shapes({ length, dim, filters, columns }, items) {
    const heights = Object.fromEntries(heightsUpTo(length!).map((height) => [`rows${height}`, [height * dim!, filters!]]))
    const biases = Object.fromEntries(heightsUpTo(length!).map((height) => [`rows${height}.bias`, [filters!]]))
    const wide = length! * filters! + columns! * dim!
    return {
      items: [items, dim!],
      bias: [items],
      ...heights,
      ...biases,
      columns: [length!, columns!],
      dense: [wide, dim!],
      'dense.bias': [dim!],
      output: [dim!, dim!],
    }
  },
  states(ops, weights, { items, filled }, { length, dim, filters, columns, dropout = 0 }) {
    const rows = items!.shape[0]!
    const image = ops.mul(ops.gather(weights.items!, items!), ops.reshape(filled!, [rows, length!, 1]))
    const along = heightsUpTo(length!).map((height) => {
      const windows = length! - height + 1
      const seen = ops.matMul(windowsOf(ops, image, height), weights[`rows${height}`]!)
      const answers = ops.relu(ops.add(seen, weights[`rows${height}.bias`]!))
      const slid = ops.reshape(answers, [rows, windows, 1, filters!]) as never // of four axes, as the next asks for
      const strongest: Tensor = ops.maxPool(slid, [windows, 1], 1, 'valid')
      return ops.reshape(strongest, [rows, filters!])
    })
    const turned = ops.reshape(ops.transpose(image, [0, 2, 1]), [rows * dim!, length!])
    const across = ops.reshape(ops.matMul(turned, weights.columns!), [rows, dim! * columns!])
    const seen = ops.dropout(ops.concat([...along, across], 1), dropout)
    const understood = ops.relu(ops.add(ops.matMul(seen, weights.dense!), weights['dense.bias']!))
    return ops.matMul(understood, weights.output!)
  },
}

export function openCaser(part: ModelPart, tensors: TensorService): Promise<Recommender> {
  return openNetwork(CASER, part, tensors)
}

function heightsUpTo(length: number): number[] {
  return Array.from({ length }, (_, at) => at + 1)
}

/** What a filter of `height` items sees at each of its places: [rows × places, height × dim]. As a product of matrices it learns faster than as a convolution. */
function windowsOf(ops: Ops, image: Tensor, height: number): Tensor {
  const [rows, length, dim] = image.shape as [number, number, number]
  const count = length - height + 1
  const shifted = Array.from({ length: height }, (_, at) => ops.slice(image, [0, at, 0], [rows, count, dim]))
  return ops.reshape(ops.concat(shifted, 2), [rows * count, height * dim])
}
