import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { isRecord } from '../../worker/text/is-record'
import type { FileRecord } from './record-batches'

/** What tells where an entry begins and ends; the same words in comments and in texts set apart (CDATA) do not. */
const MARKS = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)(item|entry)(?=[\s>])[^>]*>/g

/**
 * The entries of a feed in RSS 2.0 or Atom, Google Merchant's names (`g:price`) without their prefix. Each is parsed by itself: one that is
 * broken or cut short is `undefined`, and the others are read.
 */
export function merchantRecords(xml: string): readonly FileRecord[] {
  const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, parseAttributeValue: false, htmlEntities: true })
  return entryTexts(xml).map((text) => {
    if (text === undefined || XMLValidator.validate(text) !== true) return undefined
    const [entry] = Object.values(parser.parse(text))
    return isRecord(entry) ? recordOf(entry) : undefined
  })
}

function entryTexts(xml: string): readonly (string | undefined)[] {
  const texts: (string | undefined)[] = []
  let start = -1
  for (const { index, 0: mark, 1: slash, 2: name } of xml.matchAll(MARKS)) {
    if (!name) continue
    if (slash && start >= 0) {
      texts.push(xml.slice(start, index + mark.length))
      start = -1
    } else if (!slash) {
      // The one before was never closed.
      if (start >= 0) texts.push(undefined)
      start = index
    }
  }
  return start >= 0 ? [...texts, undefined] : texts
}

/** Google's own names win over those that RSS has for the same. */
function recordOf(entry: Readonly<Record<string, unknown>>): FileRecord {
  const record: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(entry)) if (!name.startsWith('g:')) record[name] = textOf(value)
  for (const [name, value] of Object.entries(entry)) if (name.startsWith('g:')) record[name.slice(2)] = textOf(value)
  return record
}

/** Of several the first; Atom's links name their address in an attribute. */
function textOf(value: unknown): unknown {
  const one: unknown = Array.isArray(value) ? value[0] : value
  return isRecord(one) ? (one['@_href'] ?? one['#text']) : one
}
