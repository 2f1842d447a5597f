import { SottoError } from '../errors'
import type { RandomIntegers } from './random-integers'

/** `top` / `bottom`, both above 0. Noise is made of fractions alone: nothing is ever rounded. */
export type Fraction = { readonly top: bigint; readonly bottom: bigint }

/**
 * Scale of the discrete Laplace noise by which a count becomes ε-differentially private.
 * @param sensitivity whole: by how much one visitor may change it.
 * @param microEpsilon millionths of ε, whole.
 */
export function laplaceScale(sensitivity: number, microEpsilon: number): Fraction {
  return { top: BigInt(sensitivity) * 1_000_000n, bottom: BigInt(microEpsilon) }
}

/**
 * Draws whole numbers z with chances in proportion to e^(−|z| / scale), exactly.
 * @throws SottoError `internal` for a scale that is not above 0.
 * Source: Canonne, Kamath, Steinke: The Discrete Gaussian for Differential Privacy, NeurIPS 2020, algorithm 2.
 */
export function discreteLaplace({ top: t, bottom: s }: Fraction, random: RandomIntegers): number {
  requirePositive(t, s)
  for (;;) {
    const u = below(t, random)
    if (!happensByExp({ top: u, bottom: t }, random)) continue
    let v = 0n
    while (happensByExp({ top: 1n, bottom: 1n }, random)) v++
    const size = (u + t * v) / s
    const isNegative = below(2n, random) === 1n
    // Zero has one sign only: else it would be drawn twice as often.
    if (!isNegative || size > 0n) return Number(isNegative ? -size : size)
  }
}

/**
 * Draws whole numbers z with chances in proportion to e^(−z² / (2 variance)), exactly.
 * @throws SottoError `internal` for a variance that is not above 0.
 * Source: as `discreteLaplace`, algorithm 3.
 */
export function discreteGaussian({ top: n, bottom: m }: Fraction, random: RandomIntegers): number {
  requirePositive(n, m)
  const t = rootOf(n / m) + 1n
  for (;;) {
    const z = discreteLaplace({ top: t, bottom: 1n }, random)
    const size = BigInt(Math.abs(z))
    // (|z| − σ²/t)² / (2 σ²) with σ² = n / m.
    const off = size * t * m - n
    if (happensByExp({ top: off * off, bottom: 2n * n * m * t * t }, random)) return z
  }
}

/** True with chance e^(−x), by its series. Source: as `discreteLaplace`, algorithm 1; von Neumann 1951. @param x 0 or more. */
function happensByExp({ top, bottom }: Fraction, random: RandomIntegers): boolean {
  let rest = top
  for (; rest > bottom; rest -= bottom) if (!happensByExp({ top: 1n, bottom: 1n }, random)) return false
  let terms = 1n
  while (below(bottom * terms, random) < rest) terms++
  return terms % 2n === 1n
}

/** Uniform in 0 … `limit` − 1, by rejection of whole bytes. */
function below(limit: bigint, random: RandomIntegers): bigint {
  const bits = (limit - 1n).toString(2).length
  const mask = (1n << BigInt(bits)) - 1n
  for (;;) {
    const drawn = random.bytes(Math.ceil(bits / 8)).reduce((number, byte) => (number << 8n) | BigInt(byte), 0n) & mask
    if (drawn < limit) return drawn
  }
}

/** The greatest whole number whose square is not above `square`: Newton's steps from above. */
function rootOf(square: bigint): bigint {
  let root = square
  while (root * root > square) root = (root + square / root) / 2n
  return root
}

function requirePositive(top: bigint, bottom: bigint): void {
  if (top <= 0n || bottom <= 0n) throw new SottoError('internal', `noise needs a fraction above 0; got ${top} / ${bottom}`)
}
