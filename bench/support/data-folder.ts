import { join } from 'node:path'

/** Where public data lies: `SOTTO_DATA`, else `../shared/data` beside the repository. */
export function dataFolder(): string {
  return process.env.SOTTO_DATA ?? join(import.meta.dirname, '../../../shared/data')
}
