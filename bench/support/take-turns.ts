import type { Contest } from './contest'

/** What is spent on one task at most, once it has been sampled a few times. */
const SAMPLING_LIMIT_MS = 5_000
const FEWEST_SAMPLES = 3

/** A task of an entrant. */
export type Turn = { readonly name: string; readonly task: string }

/**
 * Times tasks in turn, round after round, in the one order and then in the other, so that nobody always follows the same one. A first
 * round, which warms everybody up, does not count, except where a task takes so long that it is sampled a few times only.
 * @returns milliseconds a run, one value a round and task, in the order of `turns`.
 */
export async function takeTurns(contest: Contest, turns: readonly Turn[], rounds: number): Promise<readonly (readonly number[])[]> {
  const running = turns.map((turn) => ({ ...turn, samples: [] as number[], spentMs: 0 }))
  for (let round = 0; round <= rounds; round++) {
    for (const each of round % 2 ? running : running.toReversed()) {
      if (each.spentMs > SAMPLING_LIMIT_MS && each.samples.length >= FEWEST_SAMPLES) continue
      const started = performance.now()
      const ms = await contest.sample(each.name, each.task)
      each.spentMs += performance.now() - started
      if (round > 0 || each.spentMs > SAMPLING_LIMIT_MS) each.samples.push(ms)
    }
  }
  return running.map(({ samples }) => samples)
}
