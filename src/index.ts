export type { ChangeEvent, SignalOptions, Sotto, SottoOptions } from './api'
export { createSotto } from './create-sotto'
export { type ErrorDetails, SottoError, type SottoErrorCode } from './shared/errors'
export type { EventItem, EventName, EventParams, HistoryQuery, StoredEvent, TrackReceipt } from './shared/events'
export type { Item, Thumbnail } from './shared/items'
export type {
  Because,
  Evidence,
  Explanation,
  ItemFilter,
  Recommendation,
  RecommendedItem,
  RecommendRequest,
  Strategy,
} from './shared/recommendation'
export type {
  BudgetStatement,
  LedgerEntry,
  PreviewedMetric,
  SignalLedger,
  SignalNotes,
  SignalPreview,
  SignalState,
} from './shared/signals/ledger'
export type { ComputeChoice, Consent, ExportedData, ForgetProof, Interest, Profile, Status } from './shared/status'
export { VERSION } from './shared/version'
