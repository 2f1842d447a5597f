import { Presets, SingleBar } from 'cli-progress'
import { NO_PROGRESS, type Progress } from '../make/progress'

/** A bar on a terminal; where there is none, nothing. */
export function progressBar(terminal: NodeJS.WriteStream | undefined): Progress {
  if (!terminal?.isTTY) return NO_PROGRESS
  let bar: SingleBar | undefined
  const end = () => {
    bar?.stop()
    bar = undefined
  }
  return {
    begin(step, total) {
      end()
      bar = new SingleBar(
        { stream: terminal, format: `{bar} {percentage}% ${step}`, clearOnComplete: true, hideCursor: true },
        Presets.shades_classic,
      )
      bar.start(Math.max(1, total), 0)
    },
    advance: (by) => bar?.increment(by),
    reach: (share) => bar?.update(Math.round(share * bar.getTotal())),
    end,
  }
}
