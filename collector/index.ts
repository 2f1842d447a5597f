export { Collector, type CollectorOptions } from './collector'
export type { Database } from './database/database'
export { type DatabasePlace, openDatabase } from './database/open-database'
export { buildServer, type ServerOptions } from './server/build-server'
