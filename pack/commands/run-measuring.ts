import { SottoError } from '../../src/shared/errors'
import type { EvaluateIo } from '../evaluate/command'
import type { CommandIo } from './command'
import { UsageError } from './usage-error'

const CLEAR_LINE = '\r\u001b[2K'

/**
 * Runs a long measurement; what it does stands on one line of the terminal, which whatever is said takes the place of.
 * @returns what `measure` does.
 * @throws UsageError in place of its `invalid-argument`: all it knows are arguments, and the data that they name.
 */
export async function runMeasuring({ print, warn, terminal }: CommandIo, measure: (io: EvaluateIo) => Promise<number>): Promise<number> {
  const line = terminal?.isTTY ? terminal : undefined
  const clear = () => line?.write(CLEAR_LINE)
  try {
    return await measure({
      out(text) {
        clear()
        print(text)
      },
      err(text) {
        clear()
        warn(text)
      },
      progress: (doing) => line?.write(CLEAR_LINE + doing.slice(0, line.columns - 1)),
    })
  } catch (cause) {
    clear()
    throw cause instanceof SottoError && cause.code === 'invalid-argument' ? new UsageError(cause.message) : cause
  }
}
