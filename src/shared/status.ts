import type { Failure } from './errors'
import type { DropReason, EventName, StoredEvent } from './events'
import type { ItemProblem } from './items'
import type { BudgetStatement, SignalLedger } from './signals/ledger'

export const CONSENT_STATES = ['pending', 'denied', 'session', 'granted'] as const
/**
 * `pending`: not yet known; reads nothing, writes nothing, wipes nothing. `denied`: wipes. `session`: memory of this document only,
 * so one page view on a site of many pages. `granted`: remembered on this device.
 */
export type Consent = (typeof CONSENT_STATES)[number]

export const COMPUTE_CHOICES = ['auto', 'webgpu', 'wasm', 'js'] as const
/** `auto` goes by what was measured on this device; the others force one, which still steps down where it cannot work. */
export type ComputeChoice = (typeof COMPUTE_CHOICES)[number]
/** Who scores items: a GPU, WebAssembly with SIMD, or plain JavaScript. `none` where nothing had to be scored. */
export type Backend = 'webgpu' | 'wasm' | 'js' | 'none'
/** Who runs models, through tfjs: a GPU, WebAssembly, or plain JavaScript. `none` where no neural model was used yet. */
export type TensorBackend = 'webgpu' | 'wasm' | 'cpu' | 'none'

export type StorageStatus = {
  /** `none` while consent is pending or denied. */
  readonly kind: 'indexeddb' | 'memory' | 'none'
  /** Why memory stands in for the disk, when it does. */
  readonly fault?: Failure
  readonly events: number
  readonly sessions: number
  /** What cleaning left out, by reason. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>
}

export type CatalogStatus = {
  readonly state: 'none' | 'loading' | 'ready' | 'failed'
  /** Items that can be recommended now. */
  readonly loaded: number
  /** Items the source announces; more than `loaded` while the rest of a pack streams in. */
  readonly total: number
  /** Where the items of this document came from. */
  readonly from: 'none' | 'disk' | 'network' | 'page'
  readonly problems: Readonly<Partial<Record<ItemProblem, number>>>
  readonly fault?: Failure
}

/** Work that moved down, because what did it before could not. */
export type StepDown<Place extends string> = { readonly from: Place; readonly to: Place; readonly reason: string }

/** What one query costs on each backend of this device, as measured when nothing else was to be done. */
export type Calibration = {
  /** The catalog it was measured on. */
  readonly items: number
  readonly dim: number
  /** Milliseconds since 1970. */
  readonly measuredAt: number
  /** Fastest first. `ms`: one query over all items; absent where it was not measured, and `note` says why. */
  readonly rows: readonly { readonly backend: Exclude<Backend, 'none'>; readonly ms?: number; readonly note?: string }[]
}

export type ComputeStatus = {
  readonly requested: ComputeChoice
  /** Who scores items now. */
  readonly backend: Backend
  /** Which instructions of WebAssembly, where it scores: not every processor and browser has the relaxed ones. */
  readonly variant?: 'relaxed-simd' | 'simd'
  /** Why this one, in words. */
  readonly reason: string
  /** The GPU's own description, when one is in use. */
  readonly adapter?: string
  /** Steps down since the page began, oldest first; the last 8. */
  readonly steps: readonly StepDown<Backend>[]
  /** Absent until it was measured, here or on an earlier page of this device. */
  readonly calibration?: Calibration
  readonly tensors: TensorStatus
}

/** Who runs models. */
export type TensorStatus = {
  readonly backend: TensorBackend
  /** Why this one, in words. */
  readonly reason: string
  /** Threads of the WebAssembly backend; more than 1 only where the page is cross-origin isolated. */
  readonly threads?: number
  /** The GPU's own description, when one is in use. */
  readonly adapter?: string
  /** Steps down since the page began, oldest first; the last 8. */
  readonly steps: readonly StepDown<TensorBackend>[]
}

/** The engine's part of `status()`. */
export type EngineStatus = {
  readonly storage: StorageStatus
  readonly catalog: CatalogStatus
  readonly compute: ComputeStatus
  /** Whether the text encoder was needed, and so loaded. */
  readonly encoder: 'not-loaded' | 'loaded' | 'failed'
}

export type Status = EngineStatus & {
  readonly version: string
  readonly namespace: string
  readonly consent: Consent
  readonly worker: {
    readonly state: 'not-started' | 'starting' | 'ready' | 'failed'
    readonly restarts: number
    /** Why there is none, when there is none. */
    readonly fault?: Failure
  }
  /** Events on their way: what the worker has not yet acknowledged. */
  readonly journal: {
    /** Batches that wait in session storage. */
    readonly waiting: number
    /** How often session storage refused one: such a batch would not survive a navigation. */
    readonly failures: number
  }
}

/** One thing the visitor seems to care about: a cluster of items looked at. */
export type Interest = {
  /** 0 to 1; the shares of all interests sum to 1. */
  readonly share: number
  /** The category most of its items stand in, narrowest name; empty where items have none. */
  readonly label: string
  /** Items at its heart, weightiest first, at most 5. */
  readonly items: readonly { readonly id: string; readonly title: string }[]
}

/** What the history says about the visitor, for the visitor to read. */
export type Profile = {
  readonly events: number
  readonly sessions: number
  /** Milliseconds since 1970; absent while there is no event. */
  readonly firstEvent?: number
  readonly lastEvent?: number
  readonly counts: Readonly<Partial<Record<EventName, number>>>
  /** Strongest first, at most 5. */
  readonly interests: readonly Interest[]
  /** Narrowest category names with their share of attention, strongest first, at most 10. */
  readonly categories: readonly { readonly name: string; readonly share: number }[]
}

/** Everything kept about the visitor on this device, for the visitor to take along. */
export type ExportedData = {
  readonly format: 'sotto-export/1'
  readonly exportedAt: string
  readonly namespace: string
  readonly consent: Consent
  readonly profile: Profile
  /** Oldest first. */
  readonly events: readonly StoredEvent[]
  /** What the visitor's choices taught the ranker, and the shelves it waits to learn from; absent where it was never used. */
  readonly ranker?: ExportedRanker
  /** Every report that left or waits; absent where the site asks for no signals. */
  readonly signals?: SignalLedger
}

/** The ranker's memory in plain numbers. */
export type ExportedRanker = {
  /** File of the pack that it started from. */
  readonly prior: string
  /** One a feature. */
  readonly weights: readonly number[]
  /** Shelves of the last half hour; times in ms since 1970. */
  readonly shown: readonly { readonly slot: string; readonly time: number; readonly items: readonly string[] }[]
}

/** What is left after `forget`, read back from the browser, not assumed. */
export type ForgetProof = {
  /** Names of this namespace's databases that still exist: empty when all is gone. */
  readonly databases: readonly string[]
  /** Keys of this namespace left in the session journal: empty when all is gone. */
  readonly journal: readonly string[]
  readonly events: number
  /** The one record that stays: by epoch, the millionths of epsilon that signals have cost. Absent where there were none. See `BudgetStatement`. */
  readonly kept?: BudgetStatement['records']
}
