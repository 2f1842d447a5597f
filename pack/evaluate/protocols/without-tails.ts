import { cutLog } from '../../learn/cut-log'
import { type InteractionLog, sequenceCount } from '../../learn/interaction-log'

/**
 * A log without the last interactions of each sequence; sequences keep their numbers, even where nothing is left.
 * @param tailOf how many to leave out of a sequence of so many: at most all.
 */
export function withoutTails(log: InteractionLog, tailOf: (length: number, sequence: number) => number): InteractionLog {
  const kept = new Uint8Array(log.items.length)
  for (let sequence = 0; sequence < sequenceCount(log); sequence++) {
    const start = log.starts[sequence]!
    const end = log.starts[sequence + 1]!
    kept.fill(1, start, end - tailOf(end - start, sequence))
  }
  return cutLog(log, (at) => kept[at] === 1)
}
