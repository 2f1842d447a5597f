import { EVALUATE_USAGE } from '../evaluate/arguments'
import { runEvaluate } from '../evaluate/command'
import type { Command } from './command'
import { measuringIo } from './measuring-io'

/** `sotto evaluate`: measures how good recommendations are on a data set. */
export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: 'measure models and the blend on a data set',
  usage: EVALUATE_USAGE,
  run: (args, io) => runEvaluate(args, measuringIo(io)),
}
