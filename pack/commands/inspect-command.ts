import type { Command } from './command'
import { type InspectedPart, type Inspection, inspectPack } from './inspect-pack'
import { sourceLines } from './pack-report'
import { parseArguments } from './parse-arguments'
import { count, many, size } from './words'

/** `sotto inspect`: shows what a pack holds. */
export const inspectCommand: Command = {
  name: 'inspect',
  summary: 'show what a pack holds',
  usage: `Usage: sotto inspect PACK [--json]

Reads the pack with all of its files. Ends with code 1 where one is missing or damaged.

  --json  as JSON, and why it failed too`,

  async run(args, io) {
    const { values, positionals } = parseArguments(args, { json: { type: 'boolean', default: false } }, ['PACK'])
    const found = await inspectPack(positionals[0]!) // it is there: it was asked for
    io.print(values.json ? JSON.stringify(found, null, 2) : linesOf(found).join('\n'))
    return found.parts.some(({ problem }) => problem) ? 1 : 0
  },
}

function linesOf(found: Inspection): readonly string[] {
  const {
    path,
    format,
    items,
    unavailable,
    coreItems,
    coreBytes,
    dim,
    bits,
    vectorsOf,
    tails,
    tailBytes,
    parts,
    support,
    countedBy = 'visitors',
    estimates,
  } = found
  const filled = parts.filter(({ isEmpty }) => !isEmpty).map(({ model }) => model)
  const empty = parts.filter(({ isEmpty }) => isEmpty).map(({ model }) => model)
  return [
    `${path}: format ${format}, ${many(items, 'item')}${unavailable > 0 ? `, ${count(unavailable)} of them not available` : ''}`,
    `  core: ${many(coreItems, 'item')}, ${size(coreBytes)}`,
    `  tails: ${tails > 0 ? `${count(tails)}, ${size(tailBytes)}` : 'none'}`,
    `  vectors: ${dim} dimensions of ${bits} bits, of ${vectorsOf.split('+').map(originOf).join(' and ')}`,
    `  pictures: ${found.hasThumbnails ? 'yes' : 'none'}`,
    ...(found.locale === undefined ? [] : [`  locale: ${found.locale}`]),
    `  pack before: ${found.hasPrevious ? 'kept; sotto pack --rollback goes back to it' : 'none'}`,
    `  learned: ${parts.length === 0 ? 'nothing' : many(parts.length, 'part')}`,
    ...(support === undefined && estimates !== undefined
      ? [`    from visitors' reports: ${filled.join(', ')}`]
      : sourceLines(filled, support, countedBy).map((line) => `    ${line}`)),
    ...(estimates === undefined ? [] : [`  order corrected by visitors' reports: ${estimates}`]),
    ...(empty.length > 0 ? [`    with nothing in them: ${empty.join(', ')}`] : []),
    ...parts.flatMap(partLines),
  ]
}

function originOf(kind: string): string {
  return { encoder: 'the text encoder', site: 'the site', terms: "the items' terms" }[kind] ?? 'unknown origin'
}

function partLines({ model, file, bytes, settings = {}, tensors = {}, problem }: InspectedPart): readonly string[] {
  const named = Object.entries(settings).map(([name, value]) => `${name} ${value}`)
  return [
    `    ${model}: ${size(bytes)}, ${file}`,
    ...(problem ? [`      PROBLEM: ${problem}`] : []),
    ...(named.length > 0 ? [`      settings: ${named.join(', ')}`] : []),
    ...Object.entries(tensors).map(([name, shape]) => `      ${name}: ${shape}`),
  ]
}
