import { vi } from 'vitest'

/** Waits until a check no longer throws: looking often, since what comes may go again, and for long, since a machine may do other things too. */
export function patiently<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 30_000, interval: 50 })
}
