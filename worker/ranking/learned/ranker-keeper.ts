import type { RankerMemory, RankingContext } from '../context'
import type { OpenBlend } from './learned'
import { learnFromShown, type RankerNote, readNote, type ShownShelf, withShelf } from './shown'

/** Lets a blend's ranker learn from what became of earlier shelves, and remembers what it shows now. */
export class RankerKeeper {
  readonly #memory: RankerMemory | undefined
  readonly #learn: (kept: unknown) => RankerNote
  readonly #note: (thrown: unknown) => undefined

  private constructor(memory: RankerMemory | undefined, learn: (kept: unknown) => RankerNote, note: (thrown: unknown) => undefined) {
    this.#memory = memory
    this.#learn = learn
    this.#note = note
  }

  /**
   * Brings the ranker up to what the history says by now. What cannot be read teaches nothing: the blend ranks by its prior then, and `note`
   * hears why.
   * @param opened its ranker takes on what was learned.
   */
  static async open(
    { blend, prior }: OpenBlend,
    { memory, now }: RankingContext,
    note: (thrown: unknown) => undefined,
  ): Promise<RankerKeeper> {
    const { dim } = blend.maker
    const fresh: RankerNote = { version: 1, prior, belief: blend.prior, shown: [] }
    const noteOf = (kept: unknown) => readNote(kept, prior, dim) ?? fresh
    try {
      const known = noteOf(await memory?.note())
      const oldest = known.shown[0]?.time
      const events = memory && oldest !== undefined ? await memory.since(oldest) : []
      const learn = (kept: unknown) => learnFromShown(noteOf(kept), events, now)
      blend.ranker.believe(learn(known).belief)
      return new RankerKeeper(memory, learn, note)
    } catch (thrown) {
      note(thrown)
      blend.ranker.believe(fresh.belief)
      return new RankerKeeper(undefined, noteOf, note)
    }
  }

  /** Keeps a shelf until it is known what came of it. Not awaited by whoever waits for the shelf; a disk that fails forgets it. */
  noteShown(shelf: ShownShelf): void {
    this.#memory?.note((kept) => withShelf(this.#learn(kept), shelf)).catch(this.#note)
  }
}
