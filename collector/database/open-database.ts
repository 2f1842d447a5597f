import type { Database } from './database'
import { databaseInFolder, databaseInMemory, type FolderOptions } from './embedded-database'
import { migrate } from './migrate'
import { postgresDatabase } from './postgres-database'

/** Where totals are kept: on a server, in a folder, or (tests) in memory only. */
export type DatabasePlace = { readonly server: string } | { readonly folder: string } | 'memory'

/**
 * Opens a database and brings its schema up to date.
 * @param onBroken see `FolderOptions`; without it, whoever asks next is told. @throws SottoError `storage-blocked`, `storage-refused`, `storage-newer`.
 */
export async function openDatabase(place: DatabasePlace, onBroken: FolderOptions['onBroken'] = () => {}): Promise<Database> {
  const database =
    place === 'memory'
      ? await databaseInMemory()
      : 'server' in place
        ? postgresDatabase(place.server)
        : await databaseInFolder(place.folder, { onBroken })
  try {
    await migrate(database)
    return database
  } catch (thrown) {
    await database.close()
    throw thrown
  }
}
