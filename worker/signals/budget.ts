import type { DBSchema } from 'idb'
import type { BudgetStatement } from '../../src/shared/signals/ledger'
import { EPOCH_BUDGET, YEAR_BUDGET, YEAR_EPOCHS } from '../../src/shared/signals/privacy-budget'
import { Connection, type ConnectionOptions } from '../store/connection'
import { budgetDatabase } from '../store/schema'

/** Version 1. Nothing but counters: by epoch, the millionths of epsilon that were spent on it. */
interface BudgetSchema extends DBSchema {
  spent: { key: number; value: number }
}

type SpentRecords = BudgetStatement['records']

/**
 * What this browser may still say, over all metrics and all plans. Each epoch is decided once, and none after a later one: a second tab, a changed
 * plan, `forget` and a clock set back buy nothing, and a clock set far forward only leaves less time.
 *
 * Methods reject with a storage code of `SottoError`, or as IndexedDB does; nothing may leave then.
 */
export class PrivacyBudget {
  readonly #connection: Connection<BudgetSchema>

  constructor(namespace: string, options: ConnectionOptions = {}) {
    const migrations = [(database: { createObjectStore(name: string): unknown }) => void database.createObjectStore('spent')]
    this.#connection = new Connection(budgetDatabase(namespace), { ...options, migrations })
  }

  /** Millionths that may be spent on an epoch; `undefined` where it is decided already, or comes before one that is. */
  async leftFor(epoch: number): Promise<number | undefined> {
    return leftFor(await this.records(), epoch)
  }

  /**
   * Decides an epoch: writes down what is spent on it, on the disk itself before this resolves.
   * @param amount whole millionths; 0 where nothing will be said.
   * @returns false where it is not to be had, and nothing changed. Asked again for the same epoch and amount, it is spent once, and true.
   */
  async spend(epoch: number, amount: number): Promise<boolean> {
    const database = await this.#connection.open(true)
    const tx = database.transaction('spent', 'readwrite', { durability: 'strict' })
    const [epochs, amounts] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()])
    const records = epochs.map((at, index) => ({ epoch: at, spent: amounts[index]! })) // both in the order of the keys
    const before = records.find((record) => record.epoch === epoch)
    const left = leftFor(records, epoch)
    const isToBeHad = left !== undefined && amount >= 0 && amount <= left
    if (isToBeHad) await Promise.all([tx.store.put(amount, epoch), tx.store.delete(IDBKeyRange.upperBound(epoch - YEAR_EPOCHS))])
    await tx.done
    return isToBeHad || before?.spent === amount
  }

  /** All that it holds, for the visitor to read. @param now the current epoch. */
  async statement(now: number): Promise<BudgetStatement> {
    const records = await this.records()
    // Most epochs are answered for in the one that follows.
    const epoch = records.some((record) => record.epoch === now) ? now : now - 1
    const epochSpent = records.find((record) => record.epoch === epoch)?.spent ?? 0
    return { epoch, epochSpent, epochLimit: EPOCH_BUDGET, yearSpent: yearSpent(records, epoch), yearLimit: YEAR_BUDGET, records }
  }

  /** Lets go of the connection. */
  close(): Promise<void> {
    return this.#connection.close()
  }

  /** What was spent, by epoch, rising. */
  async records(): Promise<SpentRecords> {
    const store = (await this.#connection.open(false))?.transaction('spent').store
    const [epochs = [], amounts = []] = await Promise.all([store?.getAllKeys(), store?.getAll()])
    return epochs.map((epoch, index) => ({ epoch, spent: amounts[index]! })) // both in the order of the keys
  }
}

/** @param records by epoch, rising. */
function leftFor(records: SpentRecords, epoch: number): number | undefined {
  if (epoch <= (records.at(-1)?.epoch ?? -1)) return undefined
  return Math.max(0, Math.min(EPOCH_BUDGET, YEAR_BUDGET - yearSpent(records, epoch)))
}

function yearSpent(records: SpentRecords, epoch: number): number {
  return records.reduce((sum, record) => (record.epoch > epoch - YEAR_EPOCHS ? sum + record.spent : sum), 0)
}
