import { EVALUATE_USAGE } from '../evaluate/arguments'
import { runEvaluate } from '../evaluate/command'
import type { Command } from './command'

const CLEAR_LINE = '\r\u001b[2K'

/** `sotto evaluate`: measures how good recommendations are on a data set. */
export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: 'measure models and the blend on a data set',
  usage: EVALUATE_USAGE,
  run: (args, { print, warn, terminal }) => {
    const line = terminal?.isTTY ? terminal : undefined
    const clear = () => line?.write(CLEAR_LINE)
    return runEvaluate(args, {
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
  },
}
