import { parseArgs } from 'node:util'
import { SottoError, toFailure } from '../../src/shared/errors'
import type { EvaluateIo } from '../evaluate/command'
import { PROTOCOLS } from '../evaluate/evaluation-task'
import { loadTask } from '../evaluate/load-task'
import { nodeTensors } from '../evaluate/node-tensors'
import type { Learner } from '../learn/learner'
import { LEARNERS } from '../learn/learners'
import { auditMembership, type MembershipAudit } from './membership'
import type { Estimate } from './separation'
import { verdictLine, verdictOf } from './verdict'

/** How the command is called. */
export const AUDIT_USAGE = `Usage: sotto audit --data DIR --protocol ${PROTOCOLS.join('|')}
  --models a,b      which to attack (default: the neural ones)
  --supports 1,3,5  nothing is learned from fewer visitors; each is tried (default 1,3,5: a model passes where nothing is given away at
                    5 and the advantage rises at 1, which shows that the attack is strong enough to see it)
  --sample N        visitors asked of each half (default 500)
  --epochs N        for neural ones: learn for so long (default: each its own)
  --seed N          for what is drawn by chance (default 1)

Each model is learned anew for each support, from half of the visitors: 1 to 4 minutes each for the neural ones on 22,000 visitors and 2
cores, so about half an hour for all of them. --models gru --supports 5 answers sooner. Each line says how long it took.`

const OPTIONS = {
  data: { type: 'string' },
  protocol: { type: 'string', default: 'leave-one-out' },
  models: { type: 'string', default: 'gru,caser,sasrec,mult-vae' },
  supports: { type: 'string', default: '1,3,5' },
  sample: { type: 'string', default: '500' },
  epochs: { type: 'string' },
  seed: { type: 'string', default: '1' },
} as const

/**
 * The command `audit`: whether models give away whom they were learned from.
 * @param argv what stands behind its name.
 * @returns the exit code: 0 when all models were attacked, whatever came of it; 1 where one could not be.
 * @throws SottoError `invalid-argument` for wrong arguments or data.
 */
export async function runAudit(argv: readonly string[], io: EvaluateIo): Promise<number> {
  const values = parsed(argv)
  const { data } = values
  if (data === undefined) throw wrong('--data DIR is missing: the folder of the data set')
  const protocol = PROTOCOLS.find((known) => known === values.protocol)
  if (!protocol) throw wrong(`--protocol is ${values.protocol}, expected ${PROTOCOLS.join(', ')}`)
  const learners = values.models.split(',').map(learnerOf)
  const supports = values.supports.split(',').map((support) => whole('--supports', support))
  const [asked, seed] = [whole('--sample', values.sample), whole('--seed', values.seed)]
  const epochs = values.epochs === undefined ? undefined : whole('--epochs', values.epochs)
  io.progress(`reads ${data}`)
  const { task } = await loadTask(data, protocol)
  const log = task.validation.at(-1)?.log ?? task.test.at(-1)!.log
  const tensors = nodeTensors()
  let failures = 0
  try {
    for (const learner of learners) {
      const audits: MembershipAudit[] = []
      for (const support of supports) {
        const startMs = performance.now()
        io.progress(`${learner.model}: learns from half of the visitors, support ${support}`)
        const own = learner.choices[0] ?? {}
        const settings = epochs !== undefined && own.epochs !== undefined ? { ...own, epochs } : own
        const input = { log, support, seed, tensors, ...(task.texts && { texts: task.texts }) }
        try {
          const found = await auditMembership({ learner, settings, input, asked })
          audits.push(found)
          io.out(`${lineOf(found)}, ${((performance.now() - startMs) / 1000).toFixed(0)} s`)
        } catch (thrown) {
          failures++
          io.err(`${learner.model}, support ${support}: ${toFailure(thrown).message}`)
        }
      }
      if (audits.length > 0) io.out(verdictLine(learner.model, verdictOf(audits)))
    }
  } finally {
    await tensors.close()
  }
  return failures > 0 ? 1 : 0
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, strict: true, allowPositionals: false }).values
  } catch (cause) {
    throw new SottoError('invalid-argument', cause instanceof Error ? cause.message : String(cause), {}, { cause })
  }
}

function learnerOf(name: string): Learner {
  const learner = LEARNERS.find(({ model }) => model === name)
  if (!learner) throw wrong(`--models has "${name}", expected some of ${LEARNERS.map(({ model }) => model).join(', ')}`)
  return learner
}

function whole(option: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw wrong(`${option} is ${text}, expected a whole number of at least 1`)
  return value
}

function wrong(message: string): SottoError {
  return new SottoError('invalid-argument', message)
}

function lineOf({ model, support, members, others, auc, advantage }: MembershipAudit): string {
  return `${model}, support ${support}: advantage ${told(advantage)}, AUC ${told(auc)} (${members} members, ${others} others)`
}

function told({ value, low, high }: Estimate): string {
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`
}
