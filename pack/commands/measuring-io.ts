import type { EvaluateIo } from '../evaluate/command'
import type { CommandIo } from './command'

const CLEAR_LINE = '\r\u001b[2K'

/** Where a long measurement speaks: what it does stands on one line of the terminal, which whatever is said takes the place of. */
export function measuringIo({ print, warn, terminal }: CommandIo): EvaluateIo {
  const line = terminal?.isTTY ? terminal : undefined
  const clear = () => line?.write(CLEAR_LINE)
  return {
    out(text) {
      clear()
      print(text)
    },
    err(text) {
      clear()
      warn(text)
    },
    progress: (doing) => line?.write(CLEAR_LINE + doing.slice(0, line.columns - 1)),
  }
}
