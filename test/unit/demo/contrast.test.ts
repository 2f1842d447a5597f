import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const TOKENS = readFileSync(new URL('../../../demo/styles/tokens.css', import.meta.url), 'utf8')
/** WCAG 2.2, 1.4.3 for text; 1.4.11 for the edges of controls. */
const TEXT = 4.5
const EDGE = 3

const PAIRS: readonly (readonly [front: string, back: string, least: number])[] = [
  ...['paper', 'surface', 'raised'].flatMap((back) =>
    ['ink', 'muted', 'accent', 'danger', 'good'].map((front) => [front, back, TEXT] as const),
  ),
  ...['paper', 'surface', 'raised'].map((back) => ['line-strong', back, EDGE] as const),
  ['ink', 'accent-soft', TEXT],
  ['accent', 'accent-soft', TEXT],
  ['accent-ink', 'accent', TEXT],
  ['accent-ink', 'accent-hover', TEXT],
  ['surface', 'ink', TEXT],
  ['surface', 'danger', TEXT],
  ['marker-ink', 'marker', TEXT],
]

describe.each([
  ['light', 0],
  ['dark', 1],
])('the colours in %s', (_, scheme) => {
  test.each(PAIRS)('%s on %s', (front, back, least) => {
    expect(contrast(colour(front, scheme), colour(back, scheme))).toBeGreaterThanOrEqual(least)
  })
})

test('contrast is what WCAG says it is', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

function colour(name: string, scheme: number): string {
  const found = new RegExp(`--${name}: (?:light-dark\\((#\\w{6}), (#\\w{6})\\)|(#\\w{6}));`).exec(TOKENS)
  const value = found?.[3] ?? found?.[1 + scheme]
  if (!value) throw new Error(`tokens.css has no colour --${name}`)
  return value
}

/** WCAG 2.2, definition of contrast ratio. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
