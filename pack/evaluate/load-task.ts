import type { EvaluationTask, Protocol } from './evaluation-task'
import { leaveOneOut } from './protocols/leave-one-out'
import { nextBasket } from './protocols/next-basket'
import { sessions } from './protocols/sessions'
import type { Dataset } from './read/dataset'
import { findData } from './read/find-data'
import { readInvoices } from './read/read-invoices'
import { readSequences } from './read/read-sequences'
import { readSessions } from './read/read-sessions'

/** A task and the data set that it was made of. */
export type LoadedTask = { readonly task: EvaluationTask; readonly dataset: Dataset }

/**
 * Reads the data set of a folder and puts it under a protocol.
 * @throws SottoError `invalid-argument` where the folder lacks what the protocol needs, or a file cannot be read.
 */
export async function loadTask(folder: string, protocol: Protocol): Promise<LoadedTask> {
  const files = await findData(folder, protocol)
  switch (files.protocol) {
    case 'leave-one-out': {
      const dataset = await readSequences(files.sequences, files.items)
      return { dataset, task: leaveOneOut(dataset) }
    }
    case 'sessions': {
      const dataset = await readSessions(files)
      return { dataset, task: sessions(dataset) }
    }
    case 'next-basket': {
      const dataset = await readInvoices(files.invoices)
      return { dataset, task: nextBasket(dataset) }
    }
  }
}
