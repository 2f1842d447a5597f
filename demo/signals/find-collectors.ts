import { COLLECTOR_PATH, type CollectorFile, SIMULATION_PATH } from './collector-file'

/** Addresses of the collectors beside the shop. */
export type Collectors = { readonly collector: URL; readonly simulation: URL }

/** The collectors beside the shop, or `undefined` where there are none: also where that cannot be asked. */
export async function findCollectors(base: string): Promise<Collectors | undefined> {
  const answer = await fetch(new URL('collector.json', base)).catch(() => undefined)
  if (!answer?.ok) return undefined
  const { isRunning } = (await answer.json()) as CollectorFile // written by this project's own build step or server
  return isRunning ? { collector: new URL(COLLECTOR_PATH, base), simulation: new URL(SIMULATION_PATH, base) } : undefined
}
