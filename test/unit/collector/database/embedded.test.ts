import { describe, expect, test } from 'vitest'
import { type Disk, databaseInFolder } from '../../../../collector/database/embedded-database'
import { temporaryFolder } from '../../../support/temporary-folder'

const file = temporaryFolder()

/** A disk that tells what it is asked for, and fails when it is told to. */
async function opened(folder: string) {
  const asked: string[] = []
  const failing = new Set<string>()
  const heard: string[] = []
  const answer = async (name: string): Promise<number> => {
    asked.push(name)
    if (failing.has(name)) throw new Error(`no ${name}`)
    return 1
  }
  const disk: Disk = {
    flushLog: () => answer('log'),
    flushFolder: async () => {
      await answer('folder')
    },
  }
  const database = await databaseInFolder(folder, { disk, onBroken: ({ code }) => heard.push(code) })
  await database.transaction((run) => run('CREATE SCHEMA sotto'))
  for (const table of ['totals', 'epochs'])
    await database.transaction((run) => run(`CREATE TABLE IF NOT EXISTS sotto.${table} (reports integer)`))
  asked.length = 0
  return { database, asked, failing, heard }
}

describe('a database in a folder', () => {
  test('has what was written put onto the disk, and nothing for what was only read', async () => {
    const { database, asked } = await opened(file('flushed'))
    await database.transaction((run) => run('SELECT reports FROM sotto.totals'))
    expect(asked).toEqual([])
    await database.transaction((run) => run('WITH given AS (SELECT 1 AS one) INSERT INTO sotto.totals SELECT one FROM given'))
    expect(asked).toEqual(['log'])
    await database.close()
  }, 120_000)

  test.each(['log', 'folder'])(
    'says once that the disk fails (%s), does nothing from then on, and lets go of the folder',
    async (name) => {
      const folder = file(`broken-${name}`)
      const { database, failing, heard } = await opened(folder)
      failing.add(name)
      await Promise.allSettled([database.tidy('all'), database.tidy('all')])
      expect(heard).toEqual(['storage-lost'])
      // Asked again the disk would say that all is well.
      failing.clear()
      await expect(database.transaction((run) => run('SELECT reports FROM sotto.totals'))).rejects.toMatchObject({ code: 'storage-lost' })
      await expect(database.tidy('totals')).rejects.toMatchObject({ code: 'storage-lost' })
      await database.close()
      const again = await databaseInFolder(folder, { onBroken: () => {} })
      expect(await again.transaction((run) => run('SELECT reports FROM sotto.totals'))).toEqual([])
      await again.close()
    },
    120_000,
  )
})
