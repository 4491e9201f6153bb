/** The draft of an import: what a person chooses for its files, and what the names of the files say about split and corpus. */
import type { CorpusSummary } from '#main/document/corpus-summary'
import type { Split } from '#main/document/doc'
import type { ReadSettings } from '#main/document/read-settings'
import { splitNamed } from '#main/document/split-named'
import type { OlderEncoding } from '#main/text/encoding-fault'

/** ImportFields: the settings of a person for the files of an import; the files themselves are not part of it. */
export interface ImportFields {
  readonly corpus: string
  /** Split by the name of the file, where it differs from the one that the name mentions. */
  readonly splits: Readonly<Record<string, Split>>
  /** Name of the format; empty to recognise it by content. */
  readonly format: string
  /** The encoding of files that are not UTF-8; empty for UTF-8. */
  readonly encoding: OlderEncoding | ''
  readonly settings: ReadSettings
}

export const noFields: ImportFields = { corpus: '', splits: {}, format: '', encoding: '', settings: {} }

/** The fields as they were kept; what is missing is taken from the fresh ones. */
export function restoreFields(kept: unknown, fresh: ImportFields): ImportFields {
  const { settings, splits, ...fields } = kept as Partial<ImportFields> // this program kept it
  return {
    ...{ ...fresh, ...fields },
    settings: { ...fresh.settings, ...settings },
    splits: { ...fresh.splits, ...splits },
  }
}

/** The split of a file's sentences that name none themselves: the one that a person chose, else that of its name, else train. */
export function splitOf({ splits }: ImportFields, fileName: string): Split {
  return (Object.hasOwn(splits, fileName) ? splits[fileName] : splitNamed(fileName)) ?? 'train'
}

/**
 * Name of the corpus that files most likely belong to, taken from the first file. A file named just "dev.json" most likely
 * belongs to the selected corpus if that has no such split yet, else to a new one.
 */
export function corpusFor(files: readonly { readonly name: string }[], selected: CorpusSummary | null): string {
  const base = (files[0]?.name ?? '')
    .replace(/^.*[\\/]/, '')
    .replace(/(?:\.(?:jsonl?|ndjson|txt|tsv|csv|gz|zst|zip))+$|\.[^.]+$/i, '')
  const split = splitNamed(base)
  if (!split) return base || 'New corpus'
  if (selected?.splits[split].sentences === 0) return selected.name
  const word = /(^|[^a-z])(?:train(?:ing)?|dev(?:elop(?:ment)?)?|val(?:id(?:ation)?)?|test(?:ing)?)(?![a-z])[^a-z]*/i
  const rest = base.replace(word, '')
  return rest || 'New corpus'
}
