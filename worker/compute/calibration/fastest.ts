import type { Backend, Calibration, StepDown } from '../../../src/shared/status'

/**
 * Another backend must need at most this share of the time to be moved to: measurements differ by about a tenth from run to run, and a move
 * that gains little costs an upload, and another on each page that measures the other way round.
 */
const WORTH_MOVING = 0.8
/** Of what was thrown, which `status()` shows whole as a step: enough to know it by. */
const LONGEST_CAUSE = 120

/**
 * Who should answer.
 * @param home who answers where nothing is clearly faster.
 * @param steps backends that failed on this page are left out.
 * @returns the backend, and why in words.
 */
export function fastest(
  { items, dim, rows }: Calibration,
  home: Backend,
  steps: readonly StepDown<Backend>[],
): { readonly backend: Backend; readonly reason: string } {
  const able = rows.flatMap(({ backend, ms }) => (ms === undefined || steps.some(({ from }) => from === backend) ? [] : [{ backend, ms }]))
  const [best] = able
  if (!best) return { backend: home, reason: 'nothing could be measured' }
  const own = able.find(({ backend }) => backend === home) ?? best
  const figures = able.map(({ backend, ms }) => `${backend} ${Number(ms.toPrecision(2))} ms`).join(', ')
  const isWorthIt = best.ms <= own.ms * WORTH_MOVING
  const cause =
    steps.find(({ from }) => from === 'wasm')?.reason ?? rows.find(({ backend, ms }) => backend === 'wasm' && ms === undefined)?.note
  const reason = `one query over ${items} × ${dim}: ${figures}${cause === undefined ? '' : `; WebAssembly is not possible: ${inShort(cause)}`}`
  return { backend: isWorthIt ? best.backend : own.backend, reason }
}

function inShort(cause: string): string {
  if (cause.includes('unsafe-eval')) return "the Content-Security-Policy must allow 'wasm-unsafe-eval'"
  return cause.length > LONGEST_CAUSE ? `${cause.slice(0, LONGEST_CAUSE)}…` : cause
}
