/** Raised when an older reader would misunderstand a plan. */
export const PLAN_VERSION = 1

/** Buckets of one metric: a report holds them as a bitset of eight bytes; a histogram of DAP is longer. */
export const MOST_BUCKETS = { local: 64, dap: 1024 } as const
/** Groups are told in one byte of the report. */
export const MOST_GROUPS = 16
export const MOST_METRICS = 16
/** Learning the ranker together: more coordinates drown in their noise (local mode). */
export const MOST_COORDINATES = { local: 4, dap: 16 } as const

/** How far a visitor went; each stage holds those before it. */
export const FUNNEL_STAGES = ['none', 'viewed', 'carted', 'checkout', 'bought'] as const
/** What became of a shelf or of a campaign. */
export const OUTCOMES = ['not shown', 'shown', 'clicked', 'carted', 'bought'] as const
export const BACKENDS = ['none', 'js', 'wasm', 'webgpu'] as const

/** Ways to sort visitors, each a closed list. */
export const SEGMENTS = {
  /** `new`: first seen in this epoch; `back`: after four weeks away or more; `loyal`: bought in two epochs or more of the history that is kept. */
  stage: ['none', 'new', 'returning', 'loyal', 'back'],
  /** Sessions in this epoch. */
  frequency: ['none', '1', '2 to 3', '4 to 7', '8 or more'],
  /** Weeks since the visit before this epoch; `first`: there was none. */
  recency: ['none', 'first', '1', '2 to 4', '5 to 12', '13 or more'],
} as const

type MetricBase = {
  /** 1 to 40 of `a-z 0-9 -`; unique in the plan. A metric of one name answers once an epoch, whatever plans say. */
  readonly name: string
  /** Said to visitors and stakeholders; default: made of what is counted. */
  readonly title?: string
  /** Of one report; 0.01 to 2 in local mode, rounded up to millionths when charged. Default 1. */
  readonly epsilon?: number
}

/**
 * What a metric counts: of each browser, one bucket of a closed list, once an epoch. `bucketsOf` lists them, what fits nowhere included.
 *
 * `interest`, `item` and `segment` say which; `funnel`, `shelf`, `campaign` and `rank` how far; `amount`, `latency` and `errors` sort numbers into
 * bands; `mean`, `experiment` and `ranker` have two buckets, of which one is drawn.
 */
export type Metric = MetricBase &
  (
    | {
        /** The category that most of the epoch's attention went to: names of narrowest categories. */
        readonly counts: 'interest'
        readonly categories: readonly string[]
      }
    | {
        /** Which of a published list was most viewed, carted or bought: item ids. */
        readonly counts: 'item'
        readonly event: 'viewed' | 'carted' | 'bought'
        readonly items: readonly string[]
      }
    | { readonly counts: 'segment'; readonly by: keyof typeof SEGMENTS }
    | { readonly counts: 'funnel' }
    | { readonly counts: 'shelf'; readonly slot: string }
    | {
        /** By GA4's `promotion_id`. */
        readonly counts: 'campaign'
        readonly promotion: string
      }
    | {
        /** `basket`: the greatest purchase of the epoch; `spent`: all of its purchases. Bands by their lower bounds, rising, the first above 0. */
        readonly counts: 'amount'
        readonly of: 'basket' | 'spent'
        readonly currency: string
        readonly bands: readonly number[]
      }
    | {
        /** The mean of an amount (0 where nothing was bought), clipped to 0 … `most`: one bit a report (Ding, Kulkarni, Yekhanin 2017). */
        readonly counts: 'mean'
        readonly of: 'basket' | 'spent'
        readonly currency: string
        readonly most: number
      }
    | {
        /** Where the first item that was clicked stood in its shelf; of one slot, or of all. */
        readonly counts: 'rank'
        readonly slot?: string
      }
    | {
        /** The slowest first shelf of a page visit, in ms. Bands by their lower bounds, rising, the first above 0. */
        readonly counts: 'latency'
        readonly bands: readonly number[]
      }
    | { readonly counts: 'backend' }
    | {
        /** Pages on which something failed. */
        readonly counts: 'errors'
      }
    | {
        /**
         * An A/B test of what is not targeted: the variant, drawn at random for each epoch and so nobody's secret, is told in clear; the outcome is one randomized
         * bit: whether the visitor got to `goal`.
         */
        readonly counts: 'experiment'
        readonly variants: readonly string[]
        readonly goal: 'clicked' | 'carted' | 'bought'
      }
    | {
        /**
         * One coordinate, drawn at random and told in clear, of what the visitor's choices taught the ranker, clipped to −`clip` … `clip`: one bit.
         * Names of the ranker's features.
         */
        readonly counts: 'ranker'
        readonly features: readonly string[]
        /** Default 0.1: what devices learn moves most features by less than half of that, and the wider the way, the more of it is noise. */
        readonly clip?: number
      }
  )

export type MetricKind = Metric['counts']

/** What a site asks of its visitors' browsers: published as JSON at one address, the same for everybody. */
export type SignalPlan = {
  readonly sottoPlan: typeof PLAN_VERSION
  /** Who asks and what for, in a sentence for visitors. */
  readonly purpose: string
  /** `local`: each report is randomized on the device. `dap`: two operators hold shares, and noise is added to the sum. Default `local`. */
  readonly mode?: 'local' | 'dap'
  readonly metrics: readonly Metric[]
  /** Share of epochs in which a browser answers, drawn anew each time, above 0 to 1. Default 1: then a year's budget lasts as long as it lasts. */
  readonly participation?: number
  /** Share of new browsers that answer in their first session, one metric, so that those who come once are heard. 0 to 1, default 0.1. */
  readonly firstSession?: number
  /** Needed in mode `dap`. */
  readonly dap?: DapPlan
}

/** Where shares go: two operators that do not work together. */
export type DapPlan = {
  /** URLs of the aggregators. */
  readonly leader: string
  readonly helper: string
  /** Base64url of 32 bytes; one task for each metric, in the plan's order. */
  readonly tasks: readonly string[]
  /** Seconds. */
  readonly timePrecision: number
}
