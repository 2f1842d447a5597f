import { EVALUATE_USAGE } from '../evaluate/arguments'
import { runEvaluate } from '../evaluate/command'
import type { Command } from './command'
import { runMeasuring } from './run-measuring'

/** `sotto evaluate`: measures how good recommendations are on a data set. */
export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: 'measure models and the blend on a data set',
  usage: EVALUATE_USAGE,
  run: (args, io) => runMeasuring(io, (measuring) => runEvaluate(args, measuring)),
}
