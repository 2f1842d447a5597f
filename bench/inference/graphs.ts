import type { Constant, Graph, Operation } from './onnx-file'

type Weights<Names extends string> = Readonly<Record<Names, Constant>>

/** What the masked scores of `selfAttention` are lowered by. */
const MASKED = -1e9
/** As our own layer norm adds it. */
const EPSILON = 1e-5

const apply = (operator: string, inputs: readonly string[], output: string, attributes: Operation['attributes'] = {}): Operation => ({
  operator,
  inputs,
  output,
  attributes,
})

/** `mlp` of test/support/models, as ONNX: `Gemm` is a product and its bias. */
export function mlpGraph(weights: Weights<'w1' | 'b1' | 'w2' | 'b2' | 'w3' | 'b3'>, features: number): Graph {
  return {
    constants: weights,
    input: { name: 'features', shape: [features] },
    output: { name: 'probability', shape: [1] },
    operations: [
      apply('Gemm', ['features', 'w1', 'b1'], 'sum1'),
      apply('Relu', ['sum1'], 'hidden1'),
      apply('Gemm', ['hidden1', 'w2', 'b2'], 'sum2'),
      apply('Tanh', ['sum2'], 'hidden2'),
      apply('Gemm', ['hidden2', 'w3', 'b3'], 'sum3'),
      apply('Sigmoid', ['sum3'], 'probability'),
    ],
  }
}

type AttentionWeights = Weights<
  'norm1gain' | 'norm1bias' | 'query' | 'key' | 'value' | 'output' | 'norm2gain' | 'norm2bias' | 'up' | 'upBias' | 'down' | 'downBias'
>

/** `selfAttention` of test/support/models, as ONNX. */
export function selfAttentionGraph(
  weights: AttentionWeights,
  { length, dim, heads }: { readonly length: number; readonly dim: number; readonly heads: number },
): Graph {
  const width = dim / heads
  const norm = { epsilon: { float: EPSILON } } // over the last axis, as softmax too, unless told otherwise
  const split = (name: string, order: readonly number[]) => [
    apply('MatMul', ['normed1', name], `${name}Flat`),
    apply('Reshape', [`${name}Flat`, 'headShape'], `${name}Split`),
    apply('Transpose', [`${name}Split`], `${name}Heads`, { perm: order }),
  ]
  return {
    constants: {
      ...weights,
      // 0 keeps the number of rows.
      headShape: { shape: [4], values: Int32Array.of(0, length, heads, width) },
      flatShape: { shape: [3], values: Int32Array.of(0, length, dim) },
      root: { shape: [], values: Float32Array.of(Math.sqrt(width)) },
      mask: {
        shape: [length, length],
        values: Float32Array.from({ length: length * length }, (_, at) => (at % length > Math.floor(at / length) ? MASKED : 0)),
      },
    },
    input: { name: 'sequence', shape: [length, dim] },
    output: { name: 'result', shape: [length, dim] },
    operations: [
      apply('LayerNormalization', ['sequence', 'norm1gain', 'norm1bias'], 'normed1', norm),
      ...split('query', [0, 2, 1, 3]),
      ...split('key', [0, 2, 3, 1]), // turned over already, for the product
      ...split('value', [0, 2, 1, 3]),
      apply('MatMul', ['queryHeads', 'keyHeads'], 'products'),
      apply('Div', ['products', 'root'], 'scaled'),
      apply('Add', ['scaled', 'mask'], 'masked'),
      apply('Softmax', ['masked'], 'shares'),
      apply('MatMul', ['shares', 'valueHeads'], 'mixedHeads'),
      apply('Transpose', ['mixedHeads'], 'mixedSplit', { perm: [0, 2, 1, 3] }),
      apply('Reshape', ['mixedSplit', 'flatShape'], 'mixed'),
      apply('MatMul', ['mixed', 'output'], 'projected'),
      apply('Add', ['sequence', 'projected'], 'attended'),
      apply('LayerNormalization', ['attended', 'norm2gain', 'norm2bias'], 'normed2', norm),
      apply('MatMul', ['normed2', 'up'], 'upFlat'),
      apply('Add', ['upFlat', 'upBias'], 'upSum'),
      apply('Relu', ['upSum'], 'wide'),
      apply('MatMul', ['wide', 'down'], 'downFlat'),
      apply('Add', ['downFlat', 'downBias'], 'downSum'),
      apply('Add', ['attended', 'downSum'], 'result'),
    ],
  }
}
