import { s } from '../dom/element'

type Draw = (width: number, height: number, seed: number) => string

/** Grounds that stationery knows: ruled, squared, dotted, hatched, a coloured disc, a torn corner, nothing. Each is one path. */
const PATTERNS: readonly (readonly [kind: 'line' | 'fill', Draw])[] = [
  [
    'line',
    (width, height) =>
      steps(18, height, 14)
        .map((y) => `M0 ${y}H${width}`)
        .join(''),
  ],
  [
    'line',
    (width, height) =>
      [...steps(8, width, 16).map((x) => `M${x} 0V${height}`), ...steps(8, height, 16).map((y) => `M0 ${y}H${width}`)].join(''),
  ],
  [
    'fill',
    (width, height) =>
      steps(12, width, 16)
        .flatMap((x) => steps(12, height, 16).map((y) => `M${x - 1.6} ${y}a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0`))
        .join(''),
  ],
  [
    'line',
    (width, height) =>
      steps(-height, width, 13)
        .map((x) => `M${x} ${height}L${x + height} 0`)
        .join(''),
  ],
  ['fill', (width, height, seed) => disc(width * (0.38 + (seed % 3) * 0.12), height * 0.52, 62)],
  [
    'fill',
    (width, height, seed) => (seed % 2 ? `M0 ${height}L${width} ${height * 0.42}V${height}Z` : `M0 ${height * 0.58}H${width}V${height}H0Z`),
  ],
  [
    'line',
    (width, height) =>
      steps(26, 200, 22)
        .map((r) => `M${width - r} ${height}A${r} ${r} 0 0 1 ${width} ${height - r}`)
        .join(''),
  ],
]

/** A picture's ground pattern, chosen by the seed. */
export function pattern(seed: number, width: number, height: number): SVGPathElement {
  const [kind, draw] = PATTERNS[seed % PATTERNS.length]!
  return s('path', { d: draw(width, height, seed >>> 4), class: `picture__${kind === 'line' ? 'ruling' : 'spot'}` })
}

function disc(x: number, y: number, radius: number): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0-${2 * radius} 0`
}

function steps(from: number, to: number, by: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / by)) }, (_, index) => from + index * by)
}
