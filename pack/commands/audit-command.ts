import { AUDIT_USAGE, runAudit } from '../audit/run-audit'
import type { Command } from './command'
import { measuringIo } from './measuring-io'

/** `sotto audit`: tries to tell from learned models whom they were learned from. */
export const auditCommand: Command = {
  name: 'audit',
  summary: 'try whether models give away whom they were learned from',
  usage: AUDIT_USAGE,
  run: (args, io) => runAudit(args, measuringIo(io)),
}
