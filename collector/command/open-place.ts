import { resolve } from 'node:path'
import { SottoError } from '../../src/shared/errors'
import { systemReason } from '../../src/shared/system-reason'
import type { Database } from '../database/database'
import { holdsDatabase } from '../database/embedded-database'
import { openDatabase } from '../database/open-database'
import type { CommandOptions } from './read-options'
import { serverName } from './server-address'

/** For whoever started it: a folder's whole path, or a server without its password. */
export function placeName(place: CommandOptions['database']): string {
  return 'folder' in place ? `the folder ${resolve(place.folder)}` : `the PostgreSQL server at ${serverName(place.server)}`
}

/** @throws SottoError `plan-invalid` where there is neither a plan nor a folder that may hold one. A server knows only once it is asked. */
export function refuseWithoutPlan({ plan, database: place }: Pick<CommandOptions, 'plan' | 'database'>): void {
  if (plan || 'server' in place || holdsDatabase(place.folder)) return
  throw new SottoError('plan-invalid', `there is no plan yet in ${placeName(place)}; start the collector with --plan plan.json`, {
    path: '',
  })
}

/** As `openDatabase`. @throws SottoError `storage-refused`, too, where a server cannot be reached or lets nobody in. */
export async function openPlace(place: CommandOptions['database'], onBroken: (error: unknown) => void): Promise<Database> {
  try {
    return await openDatabase(place, onBroken)
  } catch (cause) {
    if (cause instanceof SottoError || 'folder' in place) throw cause
    const message = `${placeName(place)} cannot be used: ${systemReason(cause)}; see --database, or SOTTO_DATABASE`
    throw new SottoError('storage-refused', message, {}, { cause })
  }
}
