/** What an audit is about, for whoever answers for privacy and reads no formulas. */
export type PlainWords = {
  /** What would be bad, and is looked for. */
  readonly bad: string
  /** What was seen where all is as promised. */
  readonly fine: string
}

/** Of every audit, by its name. */
export const PLAIN_WORDS = {
  epsilon: {
    bad: 'a report that tells more of its sender than the plan promises.',
    fine: 'none: whatever a plan asks, a report tells at most what is stated, checked without rounding.',
  },
  distinguishing: {
    bad: 'somebody who gathers reports can tell which of two things was done more surely than epsilon allows.',
    fine: 'the best guess from half a million reports of each stays within epsilon (fewer with --short).',
  },
  mutant: {
    bad: 'the attack of “distinguishing” would not notice reports that tell twice too much.',
    fine: 'it notices them.',
  },
  samplers: {
    bad: 'chance that is not fair, or a report from which the truth can be worked out.',
    fine: 'draws fall as they should, nothing can be worked out, and what was made wrong on purpose is found.',
  },
  estimator: {
    bad: 'published figures that lean to one side, or look surer than they are.',
    fine: 'they are right on average, and the ranges given hold the truth as often as they say.',
  },
  mean: {
    bad: 'published averages, as of money spent, that lean to one side, or look surer than they are.',
    fine: 'they are right on average, and the ranges given hold the truth as often as they say.',
  },
  accuracy: {
    bad: 'figures less exact than promised, or than well-known methods (RAPPOR, OUE) give.',
    fine: 'as exact as promised, and never worse than those.',
  },
  poisoning: {
    bad: 'a report that no honest browser can send is counted.',
    fine: 'all such are refused, and none that an honest browser can send.',
  },
  histories: {
    bad: 'who watches the network sees by number, size or time of messages what somebody did.',
    fine: 'people who did different things send alike.',
  },
  'histories-mutant': {
    bad: 'the check of “histories” would not notice a browser that sends more when something was done.',
    fine: 'it notices it.',
  },
  budget: {
    bad: 'a browser tells more in a week or a year than it may: by a crash, a second tab, a wrong clock, a deletion.',
    fine: 'none does, whatever happens to it.',
  },
  'budget-mutant': {
    bad: 'the check of “budget” would not notice a browser that starts anew when everything is deleted.',
    fine: 'it notices it.',
  },
  linkability: {
    bad: 'two reports can be told to come from one visitor.',
    fine: 'guessing is about as good as tossing a coin; reports made alike on purpose are linked, so the attack works.',
  },
  publication: {
    bad: 'asking the collector often, or comparing its answers, shows something about few people.',
    fine: 'it does not: fewer than 50 reports are withheld, and what is published never changes.',
  },
  forged: {
    bad: 'somebody who sends false reports moves a figure further than stated.',
    fine: 'each false report moves it as far as stated, and no further.',
  },
  disk: {
    bad: "the collector's disk or logs hold an address, a browser's name or a single report.",
    fine: 'none was found, though the search finds what is there.',
  },
  'quiet-batch': {
    bad: 'a report that came alone in a quiet hour stays readable on the disk longer than stated.',
    fine: 'whoever has the disk can read it until it is tidied, within the hour, as stated; after that, no more.',
  },
  membership: {
    bad: 'a product pack gives away whose orders it was learned from.',
    fine: 'as packs are made, nobody can be told; without that care the attack succeeds, so it works.',
  },
} as const satisfies Readonly<Record<string, PlainWords>>

/** What `npm run audit:privacy` takes. */
export type AuditName = keyof typeof PLAIN_WORDS
