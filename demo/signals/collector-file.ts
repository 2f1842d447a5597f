/**
 * What `collector.json` holds: whether collectors run beside the shop. A file and not a try, since a browser puts every request that fails on its
 * console. The static one says no; the server of `npm start` answers for it and says yes.
 */
export type CollectorFile = { readonly isRunning: boolean }

/** Where they answer, below the shop's own address: one for visitors, and one for simulated ones, whose clock can be moved on. */
export const COLLECTOR_PATH = 'collect/'
export const SIMULATION_PATH = 'simulation/'

/** Addresses of the two collectors. */
export type Collectors = { readonly collector: URL; readonly simulation: URL }

/** The collectors beside the shop, or `undefined` where there are none: also where that cannot be asked. */
export async function findCollectors(base: string): Promise<Collectors | undefined> {
  const answer = await fetch(new URL('collector.json', base)).catch(() => undefined)
  if (!answer?.ok) return undefined
  const { isRunning } = (await answer.json()) as CollectorFile // written by this project's own build step or server
  return isRunning ? { collector: new URL(COLLECTOR_PATH, base), simulation: new URL(SIMULATION_PATH, base) } : undefined
}
