import { TopList } from '../compute/top-list'
import type { ModelPart } from './model-part'
import { PartReader } from './part-reader'
import type { Recommender, Visit } from './recommender'

const DAY_MS = 86_400_000

/** Sessions of other visitors, or the parts of them that may be told. */
type Sessions = {
  readonly itemCount: number
  /** [sessions + 1] */
  readonly starts: Uint32Array
  /** Each item of a session once, in the order in which they came. */
  readonly items: Uint16Array | Uint32Array
  /** [sessions] visitors who had it. */
  readonly counts: Uint16Array
  /** [sessions] when it ended, in days since 1970. */
  readonly days: Uint16Array | undefined
}

/**
 * The next item is one of those that the most similar sessions hold. Settings: `neighbours`, how many sessions speak; `decay`, steps back in
 * the visit in which an item loses all but 1/e of its worth, 0: it falls in equal steps to the first item; `reach`, the same for the distance
 * between the item in common and the other within the neighbour, 0: the neighbour counts less the further back in the visit the latest item
 * in common lies, down to nothing at ten steps; `lengthPower`, a neighbour counts 1 / length^lengthPower; `ageDays`, in which a session loses all
 * but 1/e, 0: never.
 * `decay` 0, `reach` 0 and `lengthPower` 0 are V-SKNN (Ludewig and Jannach, UMUAI 2018), the others STAN (Garg et al., SIGIR 2019). They differ
 * in that all similar sessions are looked at, no sample of the latest; and a session of n visitors is n sessions. Of the visit only the current session counts.
 * Time is that of the sessions that share an item with the visit.
 * @throws SottoError `pack-invalid` naming what is missing or does not fit.
 */
export function openSessionNeighbours(part: ModelPart): Recommender {
  const reader = new PartReader(part)
  const sessions = readSessions(reader)
  const { itemCount, starts, items, counts, days } = sessions
  const sessionsOf = sessionsByItem(sessions)
  const [decay, reach, lengthPower, ageDays] = ['decay', 'reach', 'lengthPower', 'ageDays'].map((name) => reader.setting(name, 0)) as [
    number,
    number,
    number,
    number,
  ] // as many as names
  const neighbours = reader.setting('neighbours', 100)
  const similarities = new Float32Array(counts.length)
  const placeOf = new Int32Array(itemCount) // 1 + the latest place in the visit, 0 for what is not in it

  const worthAt = (place: number, visit: Visit) =>
    (visit.weights?.[place] ?? 1) *
    (decay > 0 ? Math.exp((place + 1 - visit.items.length) / decay) : (place + 1 - start(visit)) / (visit.items.length - start(visit)))

  /** Calls `speak` for each of the nearest sessions: the place of the latest item in common in it and in the visit. */
  const eachNeighbour = (visit: Visit, speak: (session: number, factor: number, inSession: number, inVisit: number) => void) => {
    const touched: number[] = []
    const asked = visit.now ?? visit.times?.at(-1)
    for (let place = visit.items.length - 1; place >= start(visit); place--) {
      const item = visit.items[place]!
      if (placeOf[item]) continue
      placeOf[item] = place + 1
      const worth = worthAt(place, visit)
      for (let at = sessionsOf.starts[item]!; at < sessionsOf.starts[item + 1]!; at++) {
        const session = sessionsOf.sessions[at]!
        if (similarities[session] === 0) touched.push(session)
        similarities[session]! += worth
      }
    }
    const nearest = new TopList(Math.min(neighbours, touched.length))
    for (const session of touched) {
      const length = starts[session + 1]! - starts[session]!
      const age = days && asked !== undefined && ageDays > 0 ? Math.max(0, asked / DAY_MS - days[session]!) / ageDays : 0
      nearest.offer(session, similarities[session]! * length ** -lengthPower * counts[session]! * Math.exp(-age))
      similarities[session] = 0
    }
    const { indices, scores } = nearest.toTopK()
    for (const [rank, session] of indices.entries()) {
      let inSession = starts[session]!
      for (let at = starts[session]!; at < starts[session + 1]!; at++)
        if (placeOf[items[at]!]! >= placeOf[items[inSession]!]!) inSession = at
      speak(session, scores[rank]!, inSession, placeOf[items[inSession]!]! - 1)
    }
  }
  const partOf = (at: number, inSession: number, inVisit: number, visit: Visit) =>
    reach > 0 ? Math.exp(-Math.abs(at - inSession) / reach) : Math.max(0, 1 - 0.1 * (visit.items.length - 1 - inVisit))
  const forget = (visit: Visit) => {
    for (const item of visit.items) placeOf[item] = 0
  }

  return {
    name: 'session-neighbours',
    itemCount,
    score(visit, out) {
      out.fill(0)
      eachNeighbour(visit, (session, factor, inSession, inVisit) => {
        for (let at = starts[session]!; at < starts[session + 1]!; at++) out[items[at]!]! += factor * partOf(at, inSession, inVisit, visit)
      })
      forget(visit)
    },
    explain(visit, item, out) {
      out.fill(0)
      eachNeighbour(visit, (session, factor, inSession, inVisit) => {
        const row = items.subarray(starts[session], starts[session + 1])
        const at = row.indexOf(item)
        if (at < 0) return
        const places = Array.from(row, (other) => placeOf[other]! - 1).filter((place) => place >= 0)
        const worth = places.map((place) => worthAt(place, visit))
        const sum = worth.reduce((total, each) => total + each, 0)
        const score = factor * partOf(starts[session]! + at, inSession, inVisit, visit)
        for (const [index, place] of places.entries()) out[place]! += (score * worth[index]!) / sum
      })
      forget(visit)
    },
  }
}

function start(visit: Visit): number {
  return visit.sessionStart ?? 0
}

function readSessions(reader: PartReader): Sessions {
  const itemCount = reader.setting('itemCount')
  const lengths = reader.tensor('lengths', [Uint8Array])
  const starts = new Uint32Array(lengths.length + 1)
  for (const [session, length] of lengths.entries()) starts[session + 1] = starts[session]! + length
  const items = reader.tensor<Uint16Array | Uint32Array>('items', [Uint16Array, Uint32Array], starts[lengths.length])
  for (const item of items) if (item >= itemCount) throw reader.wrong(`tensor "items" names row ${item} of ${itemCount}`)
  const counts = reader.tensor('counts', [Uint16Array], lengths.length)
  return { itemCount, starts, items, counts, days: reader.part.tensors.days && reader.tensor('days', [Uint16Array], lengths.length) }
}

function sessionsByItem({ itemCount, starts, items }: Sessions) {
  const itemStarts = new Uint32Array(itemCount + 1)
  for (const item of items) itemStarts[item + 1]!++
  for (let item = 0; item < itemCount; item++) itemStarts[item + 1]! += itemStarts[item]!
  const sessions = new Uint32Array(items.length)
  const next = itemStarts.slice()
  for (let session = 0; session + 1 < starts.length; session++) {
    for (let at = starts[session]!; at < starts[session + 1]!; at++) sessions[next[items[at]!]!++] = session
  }
  return { starts: itemStarts, sessions }
}
