import type { Fetch } from '../text/fetching'
import { isRecord } from '../text/is-record'
import { catalogFailed } from './catalog-failed'
import type { CatalogPlan } from './catalog-plan'
import { hash53 } from './hash53'
import { createItemIntake } from './item-intake'
import { type PlanFromItemsOptions, planFromItems } from './plan-from-items'
import { packFiles } from './plan-from-pack'
import { readPackCore } from './read-pack'

/** Cleaned in well under a slice. */
const ENTRIES_PER_STEP = 64

/**
 * Opens what came from a catalog's address: a pack or JSON, told by the content. Only `JSON.parse` itself runs in one piece.
 * @param bytes kept as long as the vectors of the plan's head, which are views into it.
 * @param url for a pack's later files.
 * @throws SottoError `pack-invalid`; `catalog-failed`, reason `not-json`, `not-a-list` or `empty`; `encoder-failed`.
 */
export async function planFromBytes(
  bytes: Uint8Array<ArrayBuffer>,
  url: string,
  fetch: Fetch,
  options: Omit<PlanFromItemsOptions, 'contentHash'>,
): Promise<CatalogPlan> {
  const contentHash = hash53(bytes)
  if (isPack(bytes)) {
    const { head, total, tails, parts } = readPackCore(bytes)
    if (total === 0) throw catalogFailed('empty', 'the pack holds no item')
    return { contentHash, head, total, problems: {}, ...packFiles(url, tails, parts, head.dim, fetch) }
  }
  const intake = createItemIntake()
  const entries = parseEntries(bytes)
  for (let start = 0; start < entries.length; start += ENTRIES_PER_STEP) {
    intake.add(entries.slice(start, start + ENTRIES_PER_STEP))
    await options.slices.breathe()
  }
  return planFromItems(intake, { ...options, contentHash })
}

/** The upper half of a pack's header length is zero, and JSON text has no zero byte. */
function isPack(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8).includes(0)
}

function parseEntries(bytes: Uint8Array): readonly unknown[] {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw catalogFailed('not-json', `neither a pack nor JSON (${bytes.length} bytes); it may be cut short or an error page`, {}, cause)
  }
  const entries = isRecord(json) ? json.items : json
  if (!Array.isArray(entries)) throw catalogFailed('not-a-list', 'the JSON is neither a list of items nor {"items": […]}')
  return entries
}
