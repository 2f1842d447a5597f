import { SottoError } from '../../../src/shared/errors'
import { type InputSpec, type Parts, type Rows, sizeOf } from './model'

/**
 * Checks that a network's weights have the sizes that their shapes say.
 * @throws SottoError `invalid-argument`, naming the weight.
 */
export function checkParts({ name, weights, inputs }: Parts): void {
  for (const [weight, { shape, values }] of Object.entries(weights))
    if (values.length !== sizeOf(shape))
      throw wrong(`${name}: weight ${weight} has ${values.length} values, expected ${sizeOf(shape)} for shape [${shape}]`)
  if (!Object.keys(inputs).length) throw wrong(`${name} has no input, so the number of rows cannot be told`)
}

/**
 * Checks rows against a network's inputs, so that kernels may trust them.
 * @returns the number of rows.
 * @throws SottoError `invalid-argument`, naming the input.
 */
export function checkRows({ name, inputs }: Parts, rows: Rows): number {
  let count: number | undefined
  for (const [input, spec] of Object.entries(inputs)) {
    const values = rows[input]
    if (!values) throw wrong(`${name}: rows lack input ${input}`)
    const size = sizeOf(spec.shape)
    const found = values.length / size
    if (!Number.isInteger(found))
      throw wrong(`${name}: ${input} has ${values.length} values, expected a multiple of ${size} (shape [${spec.shape}])`)
    if (count !== undefined && found !== count) throw wrong(`${name}: ${input} has ${found} rows, the inputs before it ${count}`)
    count = found
    checkValues(name, input, spec, values)
  }
  return count ?? 0
}

function checkValues(name: string, input: string, { type, below }: InputSpec, values: Float32Array | Int32Array): void {
  switch (type) {
    case 'float32': {
      if (!(values instanceof Float32Array)) throw wrong(`${name}: ${input} must be a Float32Array`)
      const bad = values.findIndex((value) => !Number.isFinite(value))
      if (bad >= 0) throw wrong(`${name}: ${input}[${bad}] is ${values[bad]}, expected a finite number`)
      return
    }
    case 'int32': {
      if (!(values instanceof Int32Array)) throw wrong(`${name}: ${input} must be an Int32Array`)
      const bad = below === undefined ? -1 : values.findIndex((value) => value < 0 || value >= below)
      if (bad >= 0) throw wrong(`${name}: ${input}[${bad}] is ${values[bad]}, expected 0 or more and below ${below}`)
      return
    }
    default:
      throw wrong(`${name}: ${input} has type ${String(type satisfies never)}, expected float32 or int32`)
  }
}

function wrong(message: string): SottoError {
  return new SottoError('invalid-argument', message)
}
