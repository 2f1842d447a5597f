import type { InteractionLog } from '../learn/interaction-log'

/** Everything is chosen anew when a log has grown by more than this factor. */
const GROWTH = 1.25

/** Choices for a test that goes through time: each is made from nothing but a log, and serves longer ones until they have grown too much. */
export type GrowingChoice<Choice> = {
  of(log: InteractionLog): Promise<Choice>
  /** What was chosen last; `undefined` before. */
  latest(): Choice | undefined
}

/** @param choose from a log alone; what a log says never serves a shorter one. */
export function asItGrows<Choice>(choose: (log: InteractionLog) => Promise<Choice>): GrowingChoice<Choice> {
  let latest: { readonly choice: Choice; readonly interactions: number } | undefined
  return {
    async of(log) {
      const interactions = log.items.length
      if (!latest || interactions < latest.interactions || interactions > GROWTH * latest.interactions)
        latest = { choice: await choose(log), interactions }
      return latest.choice
    },
    latest: () => latest?.choice,
  }
}
