import type { InteractionLog } from './interaction-log'
import { findOccurrences } from './occurrences'

/** [itemCount] distinct visitors of each item; of very long sequences the latest 1,000 interactions count. */
export function itemVisitors(log: InteractionLog): Int32Array {
  const { starts, places, sequenceOf, visitorOf } = findOccurrences(log)
  return Int32Array.from({ length: log.itemCount }, (_, item) => {
    let visitors = 0
    for (let at = starts[item]!; at < starts[item + 1]!; at++) {
      // Those of one visitor are next to each other.
      const isSame = at > starts[item]! && visitorOf[sequenceOf[places[at]!]!] === visitorOf[sequenceOf[places[at - 1]!]!]
      visitors += Number(!isSame)
    }
    return visitors
  })
}
