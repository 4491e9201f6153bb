/**
 * Soundness: what is known to be wrong with the open workspace. It is told to every window, and kept in a file, so that damage that was
 * found is told until a check of the same depth finds none.
 */
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Soundness } from '#main/api/workspaces'
import type { Finding } from '#main/core/finding'
import { replaceFile } from '#main/files/atomic'
import { privateFileMode } from '#main/files/private'
import type { ServiceContext } from '../context.ts'
import { createReads } from '../reads/reads.ts'

export interface SoundnessRecord {
  state(): Soundness
  /** Checks the database in a thread, pages and references alone, and notes what it finds. */
  checkQuickly(): Promise<readonly Finding[]>
  /** Notes what a check found. */
  note(findings: readonly Finding[], depth: Depth): Promise<void>
}

/** Depth of a check: a quick one leaves out indexes and counts, so that it clears no finding of a whole one. */
type Depth = 'quick' | 'whole'

interface Kept {
  readonly depth: Depth
  readonly findings: readonly Finding[]
}

/** @param readOnly why nothing can be written into the workspace; null where it can. */
export function createSoundness(
  { workspace, emit, now }: ServiceContext,
  readOnly: string | null = null,
): SoundnessRecord {
  const file = path.join(workspace.folder, 'espalier.findings.json')
  let kept = read(file)
  let checkedMs: number | null = null

  async function note(findings: readonly Finding[], depth: Depth): Promise<void> {
    checkedMs = now()
    if (findings.length > 0 || depth === 'whole' || kept.depth === 'quick') kept = { depth, findings }
    emit({ type: 'soundness', soundness: state() })
    try {
      if (kept.findings.length === 0) rmSync(file, { force: true })
      else await replaceFile(file, new TextEncoder().encode(JSON.stringify(kept)), privateFileMode)
    } catch {
      // a disk that cannot be written to is told elsewhere; the next check finds the damage again
    }
  }

  const state = (): Soundness => ({
    ...{ findings: kept.findings, checkedMs, readOnly, wasLeftOpen: workspace.wasLeftOpen },
  })
  return {
    ...{ state, note },
    async checkQuickly() {
      const reads = createReads(workspace)
      try {
        const findings = await reads.ask('integrity', {}).catch((error: unknown) => [unreadable(error)])
        await note(findings, 'quick')
        return findings
      } finally {
        await reads.close()
      }
    },
  }
}

function unreadable(error: unknown): Finding {
  return {
    what: `The database cannot be looked through: ${error instanceof Error ? error.message : String(error)}`,
    advice: 'Restore a backup of the database.',
  }
}

/** A file that is missing or damaged says nothing. */
function read(file: string): Kept {
  try {
    const { depth, findings } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Kept>
    return { depth: depth === 'whole' ? 'whole' : 'quick', findings: Array.isArray(findings) ? findings : [] }
  } catch {
    return { depth: 'quick', findings: [] }
  }
}
