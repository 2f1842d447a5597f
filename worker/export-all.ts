import type { EngineConfig } from '../src/shared/contract'
import type { SignalLedger } from '../src/shared/signals/ledger'
import type { ExportedData, Profile } from '../src/shared/status'
import { exportRanker } from './ranking/learned/export-ranker'
import type { HistoryKeeper } from './store/history-keeper'

/** Where everything lies that is kept about a visitor. */
export type ExportSources = {
  readonly config: EngineConfig
  readonly keeper: Pick<HistoryKeeper, 'consent' | 'current'>
  /** Milliseconds since 1970. */
  readonly now: number
  readonly profile: Profile
  readonly ledger: () => Promise<SignalLedger>
}

/** Everything kept, for the visitor to take along. The ledger only where the site asks for signals: nothing is loaded for them otherwise. */
export async function exportAll({ config, keeper, now, profile, ledger }: ExportSources): Promise<ExportedData> {
  const store = await keeper.current()
  const ranker = exportRanker(await store?.note('ranker'))
  return {
    format: 'sotto-export/1',
    exportedAt: new Date(now).toISOString(),
    namespace: config.namespace,
    consent: keeper.consent,
    profile,
    events: (await store?.all()) ?? [],
    ...(ranker && { ranker }),
    ...(config.signals && { signals: await ledger() }),
  }
}
