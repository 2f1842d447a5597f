import { expect } from 'vitest'
import type { Encoder } from '../../worker/text/encoder'
import golden from '../vectors/text-encoder.json'

/** The published vectors of the text encoder. */
export { golden }

/** Asserts that a vector is the published one, within the published tolerance a component. */
export function expectVector(actual: Float32Array, expected: readonly number[], of: string): void {
  expect(actual.length, of).toBe(expected.length)
  let worst = 0
  for (const [at, value] of expected.entries()) {
    const gap = Math.abs(actual[at]! - value)
    worst = Math.max(worst, gap)
  }
  expect(worst, of).toBeLessThanOrEqual(golden.tolerance)
}

/** Cosine of two texts whose vectors have norm 1. */
export function cosine(encoder: Encoder, text: string, other: string): number {
  const theirs = encoder.encode(other)
  return encoder.encode(text).reduce((sum, value, at) => sum + value * theirs[at]!, 0)
}
