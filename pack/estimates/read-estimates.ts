import { open } from 'node:fs/promises'
import { SottoError, type SottoErrorCode } from '../../src/shared/errors'
import type { EstimatesDocument } from '../../src/shared/signals/estimates'
import { systemReason } from '../../src/shared/system-reason'
import { checkEstimates } from './check-estimates'

/** Where a collector publishes. */
const PATH = '/v1/estimates'
/** Two years of sixteen metrics with a thousand buckets each, about. */
const MOST_BYTES = 200_000_000
const DEADLINE_MS = 60_000
const NOTHING_WRITTEN = 'nothing was written; leave out --estimates to go on without them'

export type ReadEstimatesOptions = {
  /** ms since 1970. */
  readonly now: number
  readonly fetch: typeof fetch
  /** Default 60 s, from the first byte asked for to the last one read. */
  readonly deadlineMs?: number
  /** Default 200 MB. */
  readonly mostBytes?: number
}

/**
 * Reads what a collector published.
 * @param source a file, an http(s) address, or the collector's own, to which the path is added.
 * @throws SottoError `invalid-argument` or `plan-invalid` for what is no such document, as `checkEstimates` says; `deadline` where the collector takes
 *   too long; a file or an address that cannot be had is `invalid-argument`, too, with the reason.
 */
export async function readEstimates(source: string, options: ReadEstimatesOptions): Promise<EstimatesDocument> {
  const { now, mostBytes = MOST_BYTES } = options
  const bytes = isAddress(source) ? await fetched(source, options, mostBytes) : await fromFile(source, mostBytes)
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    const what = isPage(bytes) ? 'is a web page, no estimates: is there a collector at this address?' : 'is not JSON in UTF-8'
    throw failed(source, `${what}; expected what GET ${PATH} of a collector answers`, cause)
  }
  try {
    return checkEstimates(value, now)
  } catch (cause) {
    if (!(cause instanceof SottoError)) throw cause
    throw new SottoError(cause.code, `${source}: ${cause.message}; ${NOTHING_WRITTEN}`, cause.details, { cause })
  }
}

function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source)
}

async function fetched(source: string, { fetch, deadlineMs = DEADLINE_MS }: ReadEstimatesOptions, mostBytes: number): Promise<Uint8Array> {
  const address = URL.canParse(source) ? new URL(source) : undefined
  if (!address) throw failed(source, 'is no address that can be read')
  if (address.pathname === '/') address.pathname = PATH
  const signal = AbortSignal.timeout(deadlineMs)
  try {
    const answer = await fetch(address, { signal, headers: { accept: 'application/json' }, credentials: 'omit' })
    if (!answer.ok) throw failed(address.href, `answers ${answer.status}, expected 200: ${statusWords(answer.status)}`)
    return await gathered(address.href, answer.body ?? [], mostBytes)
  } catch (cause) {
    if (cause instanceof SottoError) throw cause
    if (signal.aborted) throw failed(address.href, `did not answer in full within ${deadlineMs / 1000} s`, cause, 'deadline')
    throw failed(address.href, `cannot be reached: ${systemReason(hidden(cause))}; is the collector running?`, cause)
  }
}

async function fromFile(source: string, mostBytes: number): Promise<Uint8Array> {
  try {
    const file = await open(source)
    // Closes the file when it ends, and when the loop is left.
    return await gathered(source, file.createReadStream(), mostBytes)
  } catch (cause) {
    if (cause instanceof SottoError) throw cause
    throw failed(source, `cannot be read: ${systemReason(cause)}; expected an address, or a file with what a collector published`, cause)
  }
}

async function gathered(source: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, mostBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > mostBytes) throw failed(source, `has more than ${mostBytes} bytes, which no document of estimates has`)
    parts.push(chunk)
  }
  return Buffer.concat(parts)
}

/** What Node's fetch hides behind "fetch failed". */
function hidden(thrown: unknown): unknown {
  return thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown
}

function isPage(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, 200)).trimStart().startsWith('<')
}

function statusWords(status: number): string {
  if (status === 404) return 'no collector publishes there'
  return status === 429 || status >= 500 ? 'try again later' : 'is it the address of a collector?'
}

function failed(source: string, what: string, cause?: unknown, code: SottoErrorCode = 'invalid-argument'): SottoError {
  return new SottoError(code, `${source}: ${what}; ${NOTHING_WRITTEN}`, {}, { cause })
}
