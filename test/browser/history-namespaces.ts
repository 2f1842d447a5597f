import { deleteDatabase } from '../../worker/store/open'

/** A namespace no other test uses, in this page or in one before it. */
export function freshNamespace(): string {
  return `test-${crypto.randomUUID()}`
}

/** Deletes every database a test left: storage of one browser context is shared by all test files. */
export async function removeAll(): Promise<void> {
  const databases = await indexedDB.databases()
  await Promise.all(databases.filter(({ name }) => name?.match(/^sotto(-budget)?:test-/)).map(({ name }) => deleteDatabase(name!)))
}
