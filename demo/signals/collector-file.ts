/**
 * What `collector.json` holds: whether collectors run beside the shop. A file and not a try, since a browser puts every request that fails on its
 * console. The static one says no; the server of `npm start` answers for it and says yes.
 */
export type CollectorFile = { readonly isRunning: boolean }

/** Where they answer, below the shop's own address: one for visitors, and one for simulated ones, whose clock can be moved on. */
export const COLLECTOR_PATH = 'collect/'
export const SIMULATION_PATH = 'simulation/'

/** What the shop's own server passes on to theirs. */
export const COLLECTOR_PATHS = ['/collector.json', `/${COLLECTOR_PATH}`, `/${SIMULATION_PATH}`] as const
