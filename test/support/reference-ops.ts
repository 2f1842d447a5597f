import type { Ops } from '../../worker/compute/tensors/ops'

/** A tensor of plain numbers, row-major. */
export class Plain {
  readonly size: number
  constructor(
    readonly shape: readonly number[],
    readonly values: readonly number[],
  ) {
    this.size = shape.reduce((a, b) => a * b, 1)
    if (values.length !== this.size) throw new Error(`${values.length} values for shape [${shape}]`)
  }
}

type Operand = Plain | number
const plain = (value: Operand) => (typeof value === 'number' ? new Plain([], [value]) : value)
const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)
const axisOf = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis)

/** Calls `visit` with each position of a shape, in row-major order. */
function build(shape: readonly number[], value: (at: number[]) => number): Plain {
  const at = shape.map(() => 0)
  const values = Array.from({ length: sizeOf(shape) }, () => {
    const found = value(at)
    for (let d = shape.length - 1; d >= 0; d--) {
      if (++at[d]! < shape[d]!) break
      at[d] = 0
    }
    return found
  })
  return new Plain(shape, values)
}

/** The value at a position; an extent of 1 is repeated, missing outer positions are ignored: broadcasting. */
function read({ shape, values }: Plain, at: readonly number[]): number {
  const skip = at.length - shape.length
  let index = 0
  for (let d = 0; d < shape.length; d++) index = index * shape[d]! + (shape[d] === 1 ? 0 : at[d + skip]!)
  return values[index]!
}

function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, d) => {
    const [x, y] = [a[d - rank + a.length] ?? 1, b[d - rank + b.length] ?? 1]
    if (x !== y && x !== 1 && y !== 1) throw new Error(`[${a}] and [${b}] do not fit`)
    return x === 1 ? y : x
  })
}

const unary = (f: (x: number) => number) => (x: Operand) => new Plain(plain(x).shape, plain(x).values.map(f))
const binary = (f: (x: number, y: number) => number) => (a: Operand, b: Operand) => {
  const [x, y] = [plain(a), plain(b)]
  return build(broadcast(x.shape, y.shape), (at) => f(read(x, at), read(y, at)))
}

/** Folds the values along an axis (all of them where none is named). */
const reduce =
  (fold: (values: number[]) => number) =>
  (x: Plain, axis?: number, keepDims = false): Plain => {
    if (axis === undefined) return new Plain([], [fold([...x.values])])
    const d = axisOf(axis, x.shape.length)
    const kept = build(
      x.shape.map((extent, i) => (i === d ? 1 : extent)),
      (at) => fold(Array.from({ length: x.shape[d]! }, (_, i) => read(x, at.with(d, i)))),
    )
    return keepDims ? kept : new Plain(x.shape.toSpliced(d, 1), kept.values)
  }

const sumOf = (values: number[]) => values.reduce((a, b) => a + b, 0)
const add = binary((a, b) => a + b)
const sub = binary((a, b) => a - b)
const mul = binary((a, b) => a * b)
const exp = unary(Math.exp)
const sum = reduce(sumOf)
const mean = reduce((values) => sumOf(values) / values.length)
const max = reduce((values) => Math.max(...values))
const logSumExp = reduce((values) => {
  const top = Math.max(...values)
  return top + Math.log(sumOf(values.map((value) => Math.exp(value - top))))
})
const logSoftmax = (x: Plain, axis = -1) => sub(x, logSumExp(x, axis, true))
const reshape = (x: Plain, shape: number[]) => {
  const known = sizeOf(shape.filter((extent) => extent !== -1))
  return new Plain(
    shape.map((extent) => (extent === -1 ? x.size / known : extent)),
    x.values,
  )
}
const transpose = (x: Plain, order = x.shape.map((_, d) => x.shape.length - 1 - d)) =>
  build(
    order.map((d) => x.shape[d]!),
    (at) => {
      const from = x.shape.map(() => 0)
      for (const [to, d] of order.entries()) from[d] = at[to]!
      return read(x, from)
    },
  )
const slice = (x: Plain, begin: number[], size: number[]) =>
  build(
    x.shape.map((extent, d) => (size[d] === -1 ? extent - begin[d]! : size[d]!)),
    (at) =>
      read(
        x,
        at.map((i, d) => i + begin[d]!),
      ),
  )
const split = (x: Plain, parts: number | number[], axis = 0) => {
  const d = axisOf(axis, x.shape.length)
  const sizes = typeof parts === 'number' ? Array<number>(parts).fill(x.shape[d]! / parts) : parts
  let from = 0
  return sizes.map((size) => {
    const begin = x.shape.map((_, i) => (i === d ? from : 0))
    from += size
    return slice(x, begin, x.shape.with(d, size) as number[])
  })
}
const concat = (parts: Plain[], axis = 0) => {
  const d = axisOf(axis, parts[0]!.shape.length)
  const ends = parts.map((_, i) => sumOf(parts.slice(0, i + 1).map(({ shape }) => shape[d]!)))
  return build(parts[0]!.shape.with(d, ends.at(-1)!), (at) => {
    const which = ends.findIndex((end) => at[d]! < end)
    return read(parts[which]!, at.with(d, at[d]! - (ends[which - 1] ?? 0)))
  })
}
const expandDims = (x: Plain, axis = 0) => reshape(x, x.shape.toSpliced(axisOf(axis, x.shape.length + 1), 0, 1) as number[])
const squeeze = (x: Plain, axes?: number[]) =>
  reshape(
    x,
    x.shape.filter((extent, d) => (axes ? !axes.map((axis) => axisOf(axis, x.shape.length)).includes(d) : extent !== 1)) as number[],
  )

function matMul(a: Plain, b: Plain, transposeA = false, transposeB = false): Plain {
  const last = (x: Plain) => transpose(x, [...x.shape.keys()].slice(0, -2).concat([x.shape.length - 1, x.shape.length - 2]))
  const [x, y] = [transposeA ? last(a) : a, transposeB ? last(b) : b]
  const inner = x.shape.at(-1)!
  if (inner !== y.shape.at(-2)) throw new Error(`[${x.shape}] times [${y.shape}]`)
  const outer = broadcast(x.shape.slice(0, -2), y.shape.slice(0, -2))
  return build([...outer, x.shape.at(-2)!, y.shape.at(-1)!], (at) => {
    const [batch, row, column] = [at.slice(0, -2), at.at(-2)!, at.at(-1)!]
    return sumOf(Array.from({ length: inner }, (_, i) => read(x, [...batch, row, i]) * read(y, [...batch, i, column])))
  })
}

type Pad = 'same' | 'valid'
const pair = (value: number | [number, number]): [number, number] => (typeof value === 'number' ? [value, value] : value)
/** Places of a window along one axis, and zeros before the first; as TensorFlow's `SAME` and `VALID`. */
function places(extent: number, window: number, stride: number, pad: Pad): [count: number, before: number] {
  if (pad === 'valid') return [Math.ceil((extent - window + 1) / stride), 0]
  const count = Math.ceil(extent / stride)
  return [count, Math.floor(Math.max(0, (count - 1) * stride + window - extent) / 2)]
}

function conv2d(x: Plain, filter: Plain, strides: number | [number, number], pad: Pad): Plain {
  const [batch, height, width, channels] = x.shape as [number, number, number, number]
  const [fh, fw, , out] = filter.shape as [number, number, number, number]
  const [sy, sx] = pair(strides)
  const [[rows, top], [columns, left]] = [places(height, fh, sy, pad), places(width, fw, sx, pad)]
  return build([batch, rows, columns, out], ([b, y, c, o]) => {
    let total = 0
    for (let fy = 0; fy < fh; fy++)
      for (let fx = 0; fx < fw; fx++) {
        const [row, column] = [y! * sy + fy - top, c! * sx + fx - left]
        if (row < 0 || row >= height || column < 0 || column >= width) continue
        for (let i = 0; i < channels; i++) total += read(x, [b!, row, column, i]) * read(filter, [fy, fx, i, o!])
      }
    return total
  })
}

function maxPool(x: Plain, size: number | [number, number], strides: number | [number, number], pad: Pad): Plain {
  const [batch, height, width, channels] = x.shape as [number, number, number, number]
  const [[wh, ww], [sy, sx]] = [pair(size), pair(strides)]
  const [[rows, top], [columns, left]] = [places(height, wh, sy, pad), places(width, ww, sx, pad)]
  return build([batch, rows, columns, channels], ([b, y, c, i]) => {
    let best = Number.NEGATIVE_INFINITY
    for (let wy = 0; wy < wh; wy++)
      for (let wx = 0; wx < ww; wx++) {
        const [row, column] = [y! * sy + wy - top, c! * sx + wx - left]
        if (row >= 0 && row < height && column >= 0 && column < width) best = Math.max(best, read(x, [b!, row, column, i!]))
      }
    return best
  })
}

function gather(x: Plain, indices: Plain, axis = 0): Plain {
  const d = axisOf(axis, x.shape.length)
  const rank = indices.shape.length
  return build([...x.shape.slice(0, d), ...indices.shape, ...x.shape.slice(d + 1)], (at) =>
    read(x, [...at.slice(0, d), read(indices, at.slice(d, d + rank)), ...at.slice(d + rank)]),
  )
}

function order(x: Plain, k: number): { values: Plain; indices: Plain } {
  const extent = x.shape.at(-1)!
  const ranks = build([...x.shape.slice(0, -1), k], (at) => {
    const row = Array.from({ length: extent }, (_, i) => read(x, at.with(-1, i)))
    return [...row.keys()].sort((a, b) => row[b]! - row[a]! || a - b)[at.at(-1)!]!
  })
  return { values: build(ranks.shape, (at) => read(x, at.with(-1, read(ranks, at)))), indices: ranks }
}

/** The error function: its Maclaurin series, to full precision for |x| ≤ 4 (Abramowitz, Stegun, 7.1.5). */
function erf(x: number): number {
  let [term, total] = [x, x]
  for (let n = 1; n < 120; n++) {
    term *= (-x * x) / n
    total += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * total
}

function oneHot(indices: Plain, depth: number): Plain {
  return build([...indices.shape, depth], (at) => Number(read(indices, at.slice(0, -1)) === at.at(-1)))
}

/**
 * Every operation that networks may use, in float64 and in the plainest way there is: what all backends are compared with.
 * @param random as `createOps` takes it; absent at inference.
 */
export function referenceOps(random?: () => number): Ops {
  const truth = (f: (a: number, b: number) => boolean) => binary((a, b) => Number(f(a, b)))
  const ops = {
    add,
    sub,
    mul,
    div: binary((a, b) => a / b),
    pow: binary((a, b) => a ** b),
    maximum: binary(Math.max),
    minimum: binary(Math.min),
    squaredDifference: binary((a, b) => (a - b) ** 2),
    abs: unary(Math.abs),
    neg: unary((x) => -x),
    square: unary((x) => x * x),
    sqrt: unary(Math.sqrt),
    rsqrt: unary((x) => 1 / Math.sqrt(x)),
    exp,
    log: unary(Math.log),
    erf: unary(erf),
    clip: (x: Plain, low: number, high: number) => unary((value) => Math.min(high, Math.max(low, value)))(x),
    relu: unary((x) => Math.max(0, x)),
    sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
    tanh: unary(Math.tanh),
    softplus: unary((x) => Math.log(1 + Math.exp(x))),
    equal: truth((a, b) => a === b),
    notEqual: truth((a, b) => a !== b),
    less: truth((a, b) => a < b),
    lessEqual: truth((a, b) => a <= b),
    greater: truth((a, b) => a > b),
    greaterEqual: truth((a, b) => a >= b),
    logicalAnd: truth((a, b) => Boolean(a && b)),
    logicalOr: truth((a, b) => Boolean(a || b)),
    logicalNot: unary((x) => Number(!x)),
    where: (condition: Plain, a: Plain, b: Plain) =>
      build(broadcast(condition.shape, broadcast(a.shape, b.shape)), (at) => (read(condition, at) ? read(a, at) : read(b, at))),
    cast: (x: Plain, type: string) => (type === 'int32' ? unary(Math.trunc)(x) : x),
    matMul,
    conv1d: (x: Plain, filter: Plain, stride: number, pad: Pad) =>
      squeeze(conv2d(expandDims(x, 1), expandDims(filter, 0), [1, stride], pad), [1]),
    conv2d,
    maxPool,
    sum,
    mean,
    max,
    min: reduce((values) => Math.min(...values)),
    argMax: reduce((values) => values.indexOf(Math.max(...values))),
    topk: order,
    cumsum: (x: Plain, axis = 0) => {
      const d = axisOf(axis, x.shape.length)
      return build(x.shape, (at) => sumOf(Array.from({ length: at[d]! + 1 }, (_, i) => read(x, at.with(d, i)))))
    },
    softmax: (x: Plain, axis = -1) => exp(logSoftmax(x, axis)),
    logSoftmax,
    logSumExp,
    reshape,
    transpose,
    expandDims,
    squeeze,
    concat,
    stack: (parts: Plain[], axis = 0) =>
      concat(
        parts.map((part) => expandDims(part, axis)),
        axis,
      ),
    unstack: (x: Plain, axis = 0) => split(x, x.shape[axisOf(axis, x.shape.length)]!, axis).map((part) => squeeze(part, [axis])),
    split,
    slice,
    gather,
    tile: (x: Plain, times: number[]) =>
      build(
        x.shape.map((extent, d) => extent * times[d]!),
        (at) =>
          read(
            x,
            at.map((i, d) => i % x.shape[d]!),
          ),
      ),
    pad: (x: Plain, sides: [number, number][], value = 0) =>
      build(
        x.shape.map((extent, d) => extent + sides[d]![0] + sides[d]![1]),
        (at) => {
          const from = at.map((i, d) => i - sides[d]![0])
          return from.every((i, d) => i >= 0 && i < x.shape[d]!) ? read(x, from) : value
        },
      ),
    tensor: (values: ArrayLike<number>, shape: number[]) => new Plain(shape, Array.from(values)),
    scalar: plain,
    fill: (shape: number[], value: number) => build(shape, () => value),
    zeros: (shape: number[]) => build(shape, () => 0),
    ones: (shape: number[]) => build(shape, () => 1),
    stopGradient: unary((x) => x),
    zerosLike: unary(() => 0),
    onesLike: unary(() => 1),
    range: (start: number, stop: number, step = 1) => {
      const count = Math.max(0, Math.ceil((stop - start) / step))
      return build([count], ([i]) => start + i! * step)
    },
    oneHot,
    dropout: (x: Plain, rate: number) => (random ? unary((value) => (random() < rate ? 0 : value / (1 - rate)))(x) : x),
    normal: (shape: number[]) =>
      build(shape, () => (random ? Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()) : 0)),
    layerNorm: (x: Plain, gain: Plain, bias: Plain) => {
      const centred = sub(x, mean(x, -1, true))
      const scale = unary((value) => 1 / Math.sqrt(value + 1e-5))(mean(mul(centred, centred), -1, true))
      return add(mul(mul(centred, scale), gain), bias)
    },
    crossEntropy: (logits: Plain, targets: Plain) => mul(-1, mean(sum(mul(logSoftmax(logits), oneHot(targets, logits.shape[1]!)), -1))),
  } satisfies Record<keyof Ops, unknown>
  return ops as unknown as Ops // a network sees only that it has these operations, on tensors with a shape
}
