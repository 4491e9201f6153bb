/** The draft of an import, and what the names of its files say about split and corpus. */
import type { CorpusSummary } from '#main/document/corpus-summary'
import type { Split } from '#main/document/doc'
import type { ReadSettings } from '#main/document/read-settings'
import { splitNamed } from '#main/document/split-named'
import type { OlderEncoding } from '#main/text/encoding-fault'
import type { TextFile } from '#window/base/read-files.ts'

export interface ImportDraft {
  readonly corpus: string
  readonly split: Split
  readonly files: readonly TextFile[]
  readonly format?: string
  readonly settings?: ReadSettings
}

/** What a person sets for the files of an import; the files themselves are not part of it. */
export interface ImportFields {
  readonly corpus: string
  readonly split: string
  /** Name of the format; empty to recognise it by content. */
  readonly format: string
  /** The encoding of files that are not UTF-8; empty for UTF-8. */
  readonly encoding: OlderEncoding | ''
  readonly settings: ReadSettings
}

export const noSettings: ReadSettings = {}

/** The fields as they were kept; what is missing is taken from the fresh ones. */
export function restoreFields(kept: unknown, fresh: ImportFields): ImportFields {
  const { settings, ...fields } = kept as Partial<ImportFields> // this program kept it
  return { ...fresh, ...fields, settings: { ...fresh.settings, ...settings } }
}

/**
 * Name of the corpus that files most likely belong to, taken from the first file. A file named just "dev.json" most likely
 * belongs to the selected corpus if that has no such split yet, else to a new one.
 */
export function corpusFor(files: readonly { readonly name: string }[], selected: CorpusSummary | null): string {
  const base = files[0]?.name.replace(/\.[^.]+$/, '') ?? ''
  const split = splitNamed(base)
  if (!split) return base || 'New corpus'
  if (selected?.splits[split].sentences === 0) return selected.name
  const rest = base.replace(new RegExp(`[^a-z]*(${split}|valid|validation)[^a-z]*`, 'i'), '')
  return rest || 'New corpus'
}
