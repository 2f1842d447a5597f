import type { Contest, Entered } from '../support/contest'
import { takeTurns } from '../support/take-turns'
import { nameOfSize, type Size } from './dataset'
import { BUILD_LIMIT_MS, ENTRANTS, type Entrant, MEMORY_LIMIT_BYTES } from './entrants'
import type { OwnRecall } from './recall-worker'
import { recallOf } from './reference'
import { type Answers, isRightAnswer } from './verdict'

/** Up to as many items the recall of ours is taken: beyond, the reference alone would take a minute. */
const RECALL_UP_TO = 100_000

/** One task of one entrant. */
export type Result = {
  readonly entrant: Entrant
  readonly task: string
  /** Milliseconds a run, one a round; empty where it is not timed. */
  readonly samples: readonly number[]
  /** Against the ranking over the float32 originals. */
  readonly recall: number
  readonly buildMs: number
  readonly about: Entered['about']
}

export type SizeResult = {
  readonly size: Size
  readonly results: readonly Result[]
  /** Of ours, for `RECALL_QUERIES` queries; absent where there are too many items. */
  readonly recall?: OwnRecall
  /** Who was not run or not timed, and why. */
  readonly absences: readonly { readonly entrant: Entrant; readonly reason: string }[]
  readonly faults: readonly string[]
}

/**
 * Prepares everybody for one size, compares what they find with the reference, and times them in turn.
 * @param builds what building took so far, by name of the entrant, milliseconds a value; added to.
 * @param inspect called when all have been timed, while they still stand.
 */
export async function runSize(
  contest: Contest,
  size: Size,
  rounds: number,
  builds: Map<string, number>,
  inspect: (results: readonly Result[]) => Promise<void>,
): Promise<SizeResult> {
  const label = nameOfSize(size)
  const faults: string[] = []
  const absences: { entrant: Entrant; reason: string }[] = []
  const right: Omit<Result, 'samples'>[] = []
  const entered = new Set<string>()

  await contest.enter('dataset', 'dataset', size, 4 * BUILD_LIMIT_MS)
  const exact = await contest.answer<Answers>('dataset', 'int8')
  const original = await contest.answer<Answers>('dataset', 'float32')
  await contest.leave('dataset')
  const recall = size.items <= RECALL_UP_TO ? await takeRecall(contest) : undefined

  for (const entrant of ENTRANTS) {
    const reason = reasonToStayAway(entrant, size, builds)
    if (reason) {
      absences.push({ entrant, reason })
      continue
    }
    let found: Entered
    try {
      found = await contest.enter(entrant.name, 'searcher', entrant.library, BUILD_LIMIT_MS)
    } catch (thrown) {
      const message = thrown instanceof Error ? firstLine(thrown.message) : String(thrown)
      absences.push({ entrant, reason: `not run, ${message}` })
      // A library that cannot is worth a note; our own must, except on a GPU, which need not be there.
      if (entrant.library.kind === 'ours' && entrant.library.backend !== 'webgpu')
        faults.push(`${label}: ${entrant.name} fails: ${message}`)
      if (/no answer within/.test(message)) builds.set(entrant.name, BUILD_LIMIT_MS / (size.items * size.dim))
      continue
    }
    entered.add(entrant.name)
    builds.set(entrant.name, found.buildMs / (size.items * size.dim))
    for (const task of found.tasks) {
      const answers = await contest.answer<Answers | boolean>(entrant.name, task)
      const share = typeof answers === 'boolean' ? 1 : recallOf(answers, original)
      const isRight = typeof answers === 'boolean' ? answers : isRightAnswer(entrant.exactness, answers, exact, share)
      if (!isRight && task !== 'other') faults.push(`${label}: ${entrant.name} (${task}) finds something else than the reference`)
      if (isRight) right.push({ entrant, task, recall: share, buildMs: found.buildMs, about: found.about })
    }
    if (found.about.untimed) absences.push({ entrant, reason: String(found.about.untimed) })
  }

  const timed = right.filter(({ about }) => !about.untimed)
  const samples = await takeTurns(
    contest,
    timed.map(({ entrant: { name }, task }) => ({ name, task })),
    rounds,
  )
  const results = right.map((each): Result => ({ ...each, samples: samples[timed.indexOf(each)] ?? [] }))
  await inspect(results)
  for (const name of entered) await contest.leave(name)
  return { size, results, ...(recall && { recall }), absences, faults }
}

async function takeRecall(contest: Contest): Promise<OwnRecall> {
  await contest.enter('recall', 'recall', undefined)
  const found = await contest.answer<OwnRecall>('recall', 'recall')
  await contest.leave('recall')
  return found
}

function reasonToStayAway({ name, library, bytes }: Entrant, size: Size, builds: ReadonlyMap<string, number>): string | undefined {
  const needed = bytes(size)
  if (needed > MEMORY_LIMIT_BYTES) {
    return `not run, needs about ${(needed / 2 ** 30).toFixed(1)} GiB`
  }
  // Our own are always tried.
  if (library.kind === 'ours') return undefined
  const expectedMs = (builds.get(name) ?? 0) * size.items * size.dim
  if (expectedMs <= BUILD_LIMIT_MS) return undefined
  return `not run, building would take ${Math.round(expectedMs / 1000)} s or more by the sizes before`
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.replace(/^page\.evaluate: (Error: )?/, '')
}
