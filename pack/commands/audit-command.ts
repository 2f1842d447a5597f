import { AUDIT_USAGE, runAudit } from '../audit/run-audit'
import type { Command } from './command'
import { runMeasuring } from './run-measuring'

/** `sotto audit`: tries to tell from learned models whom they were learned from. */
export const auditCommand: Command = {
  name: 'audit',
  summary: 'try whether models give away whom they were learned from',
  usage: AUDIT_USAGE,
  run: (args, io) => runMeasuring(io, (measuring) => runAudit(args, measuring)),
}
