/** The bin in the contract: what was removed, brought back or erased for good. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { BinEntry, Restored } from '#main/document/bin-entry'

/** An entry with the size of its checkpoints, in megabytes. */
export interface BinItem extends BinEntry {
  readonly sizeMb: number
}

export interface PurgeReport {
  readonly entries: number
  /** Number of kept backups that were removed. */
  readonly backups: number
  /** Megabytes of the database. */
  readonly sizeMb: number
}

const binId = z.int().positive()

export const bin = {
  /** Latest first. */
  list: oc.output(type<BinItem[]>()),
  /**
   * Brings back everything of an entry. A corpus whose name is taken gets a free one like it, or `name`. `corpus` says what
   * to do about a run whose corpus is in the bin too: refuse, restore both, or the run alone, which can then only extract.
   */
  restore: oc
    .input(
      z.object({
        binId,
        name: z.string().trim().min(1).nullable().default(null),
        corpus: z.enum(['refuse', 'both', 'alone']).default('refuse'),
      }),
    )
    .output(type<Restored>()),
  /** Erases an entry for good; answers when it has left the disk. */
  erase: oc.input(z.object({ binId })).output(type<void>()),
  /**
   * Erases all of the bin, writes the database anew without what was ever deleted, and removes the kept backups, which hold it
   * still. Nobody gets an answer while the database is written.
   */
  purge: oc.output(type<PurgeReport>()),
}
