import type { RankerMemory, RankingContext } from '../context'
import type { Blend } from '../ranker/blend'
import { learnFromShown, type RankerNote, readNote, type ShownShelf, withShelf } from './shown'

/** Lets a blend's ranker learn from what became of earlier shelves, and remembers what it shows now. */
export class RankerKeeper {
  readonly #memory: RankerMemory | undefined
  readonly #learn: (kept: unknown) => RankerNote

  private constructor(memory: RankerMemory | undefined, learn: (kept: unknown) => RankerNote) {
    this.#memory = memory
    this.#learn = learn
  }

  /**
   * Brings the ranker up to what the history says by now. What cannot be read teaches nothing: the blend ranks by its prior then.
   * @param blend its ranker takes on what was learned.
   * @param prior file of the blend.
   */
  static async open(blend: Blend, prior: string, { memory, now }: RankingContext): Promise<RankerKeeper> {
    const { dim } = blend.maker
    const fresh: RankerNote = { version: 1, prior, belief: blend.prior, shown: [] }
    const noteOf = (kept: unknown) => readNote(kept, prior, dim) ?? fresh
    try {
      const note = noteOf(await memory?.note())
      const oldest = note.shown[0]?.time
      const events = memory && oldest !== undefined ? await memory.since(oldest) : []
      const learn = (kept: unknown) => learnFromShown(noteOf(kept), events, now)
      blend.ranker.believe(learn(note).belief)
      return new RankerKeeper(memory, learn)
    } catch {
      blend.ranker.believe(fresh.belief)
      return new RankerKeeper(undefined, noteOf)
    }
  }

  /** Keeps a shelf until it is known what came of it. Not awaited by whoever waits for the shelf; a disk that fails forgets it. */
  noteShown(shelf: ShownShelf): void {
    this.#memory?.note((kept) => withShelf(this.#learn(kept), shelf)).catch(() => {})
  }
}
