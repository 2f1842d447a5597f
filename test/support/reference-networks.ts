import type { Weight } from '../../worker/compute/tensors/model'
import type { Settings } from '../../worker/models/model-part'

type Weights = Readonly<Record<string, Weight>>
type Vector = readonly number[]

const row = ({ shape, values }: Weight, at: number): number[] => {
  const width = values.length / shape[0]!
  return Array.from(values.subarray(at * width, (at + 1) * width))
}
const vector = ({ values }: Weight): number[] => Array.from(values)
const dot = (a: Vector, b: Vector) => a.reduce((sum, value, at) => sum + value * b[at]!, 0)
const plus = (a: Vector, b: Vector) => a.map((value, at) => value + b[at]!)
/** A row vector times a matrix. */
const times = (a: Vector, matrix: Weight) =>
  Array.from({ length: matrix.shape[1]! }, (_, column) => a.reduce((sum, value, at) => sum + value * row(matrix, at)[column]!, 0))
const sigmoid = (value: number) => 1 / (1 + Math.exp(-value))
const softmax = (logits: Vector) => {
  const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
const layerNorm = (values: Vector, gain: Weight, bias: Weight) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return values.map((value, at) => ((value - mean) / Math.sqrt(variance + 1e-5)) * gain.values[at]! + bias.values[at]!)
}

/** Chances of each item to come next, slowly and in plain numbers, as the papers have it. @param visit known items, one at least. */
export const REFERENCE_NETWORKS = {
  sasrec(weights: Weights, visit: Vector, { length, dim, heads, blocks }: Settings): number[] {
    const of = (name: string) => weights[name]!
    let values = visit.slice(-length!).map((item, place) =>
      plus(
        row(of('items'), item).map((value) => value * Math.sqrt(dim!)),
        row(of('places'), place),
      ),
    )
    const width = dim! / heads!
    for (let block = 0; block < blocks!; block++) {
      const normed = values.map((each) => layerNorm(each, of(`${block}.norm1.gain`), of(`${block}.norm1.bias`)))
      const mixed = normed.map((each) => times(each, of(`${block}.mixed`)))
      const taken = mixed.map((own, at) =>
        Array.from({ length: heads! }, (_, head) => {
          const part = (each: Vector, kind: number) => each.slice(kind * dim! + head * width, kind * dim! + (head + 1) * width)
          const before = mixed.slice(0, at + 1)
          const shares = softmax(before.map((each) => dot(part(own, 0), part(each, 1)) / Math.sqrt(width)))
          return Array.from({ length: width }, (_, column) =>
            dot(
              shares,
              before.map((each) => part(each, 2)[column]!),
            ),
          )
        }).flat(),
      )
      values = values.map((each, at) => plus(each, times(taken[at]!, of(`${block}.output`))))
      values = values.map((each) => {
        const again = layerNorm(each, of(`${block}.norm2.gain`), of(`${block}.norm2.bias`))
        const wide = plus(times(again, of(`${block}.up`)), vector(of(`${block}.up.bias`))).map((value) => Math.max(0, value))
        return plus(each, plus(times(wide, of(`${block}.down`)), vector(of(`${block}.down.bias`))))
      })
    }
    return chances(of('items'), layerNorm(values.at(-1)!, of('norm.gain'), of('norm.bias')))
  },

  gru(weights: Weights, visit: Vector, { length, dim }: Settings): number[] {
    const of = (name: string) => weights[name]!
    let hidden: number[] = Array.from({ length: dim! }, () => 0)
    for (const item of visit.slice(-length!)) {
      const given = plus(times(row(of('items'), item), of('input')), vector(of('input.bias')))
      const own = times(hidden, of('state'))
      hidden = hidden.map((value, at) => {
        const reset = sigmoid(given[at]! + own[at]!)
        const update = sigmoid(given[dim! + at]! + own[dim! + at]!)
        const fresh = Math.tanh(given[2 * dim! + at]! + reset * own[2 * dim! + at]!)
        return (1 - update) * value + update * fresh
      })
    }
    return chances(of('items'), plus(times(hidden, of('output')), vector(of('output.bias'))))
  },

  caser(weights: Weights, visit: Vector, { length, dim, filters, columns }: Settings): number[] {
    const of = (name: string) => weights[name]!
    const last = visit.slice(-length!).map((item) => row(of('items'), item))
    const nothing = Array.from({ length: dim! }, () => 0)
    const image = [...Array.from({ length: length! - last.length }, () => nothing), ...last]
    const along = Array.from({ length: length! }, (_, at) => at + 1).flatMap((height) => {
      const windows = Array.from({ length: length! - height + 1 }, (_, at) => image.slice(at, at + height).flat())
      const answers = windows.map((window) => plus(times(window, of(`rows${height}`)), vector(of(`rows${height}.bias`))))
      return Array.from({ length: filters! }, (_, filter) => Math.max(0, ...answers.map((answer) => answer[filter]!)))
    })
    const across = Array.from({ length: dim! }, (_, at) =>
      Array.from({ length: columns! }, (_, column) =>
        image.reduce((sum, each, place) => sum + each[at]! * row(of('columns'), place)[column]!, 0),
      ),
    ).flat()
    const understood = plus(times([...along, ...across], of('dense')), vector(of('dense.bias'))).map((value) => Math.max(0, value))
    return chances(of('items'), times(understood, of('output')), of('bias'))
  },

  'mult-vae'(weights: Weights, visit: Vector, { length }: Settings): number[] {
    const of = (name: string) => weights[name]!
    const last = visit.slice(-length!)
    const together = last
      .map((item) => row(of('items'), item))
      .reduce(plus)
      .map((value) => value / Math.sqrt(last.length))
    const inner = plus(together, vector(of('encoder.bias'))).map(Math.tanh)
    return chances(of('decoder'), plus(times(inner, of('centre')), vector(of('centre.bias'))), of('bias'))
  },
}

function chances(table: Weight, state: Vector, bias?: Weight): number[] {
  return softmax(Array.from({ length: table.shape[0]! }, (_, item) => dot(row(table, item), state) + (bias?.values[item] ?? 0)))
}
