/** Plans an import before anything is read whole: the format of each file, found in its beginning, and what is left out. */
import { setImmediate } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import type { Problem } from '#main/core/problem'
import { plainText } from '#main/corpora/formats/plain-text/read'
import type { ReadChoice } from '#main/corpora/read-corpus'
import { companionOf, readableFormat, recognizedFormat } from '#main/corpora/recognition'
import { headOf } from '#main/corpora/shared/file-head'
import { createTextInput } from '#main/corpora/text-input'
import { countOf } from '#main/text/numbers'
import type { ImportSource } from './import-sources.ts'

export interface PlannedFile extends ImportSource {
  /** Name that tells it from the others. */
  readonly name: string
  /** Name of its format. */
  readonly format: string
  /** Evidence of the format, as words that follow "it has"; null when a person named it. */
  readonly evidence: string | null
}

export interface ImportPlan {
  readonly files: readonly PlannedFile[]
  /** Files that are not read, with the reason. */
  readonly notes: readonly Problem[]
}

/**
 * A file that says something about others is read with them. Of a folder or archive, what is of no known format is left out, and so is
 * prose that stands beside annotated files.
 * @throws AppError naming a file that was chosen by itself and cannot be read.
 */
export async function planFiles(
  sources: readonly ImportSource[],
  names: readonly string[],
  choice: ReadChoice,
  signal: AbortSignal,
): Promise<ImportPlan> {
  const named = sources.map((source, index) => ({ source, name: names[index] ?? source.source.name }))
  const plan = await planAll(named, choice, sources.length > 1 && choice.format === undefined, signal)
  // companions alone mean the files that they stand beside
  const isCompanionsAlone = plan.files.length === 0 && plan.companions.size > 0
  const { files, notes, companions } = isCompanionsAlone ? await planAll(named, choice, false, signal) : plan
  for (const [title, [first = '', ...others]] of companions)
    notes.push(noteOn(first, `${andOthers(others.length)} ${title}, read along with the others`))
  const isProse = ({ format, isNamed }: PlannedFile): boolean => format === plainText.name && !isNamed
  const isMixed = choice.format === undefined && files.some((file) => !isProse(file))
  const kept = isMixed ? files.filter((file) => !isProse(file)) : files
  for (const { name } of isMixed ? files.filter(isProse) : [])
    notes.push(noteOn(name, 'left out: it is prose among files with annotations. Choose it by itself to import it'))
  if (kept.length > 0) return { files: kept, notes }
  const [reason] = notes
  throw new AppError(
    'invalid-input',
    `Nothing of this can be read. ${reason ? `${reason.file}: ${reason.message}` : 'There are no files'}.`,
  )
}

function noteOn(file: string, message: string): Problem {
  return { file, line: null, message, severity: 'note' }
}

/** "it is", or "it and 3 others are". */
function andOthers(count: number): string {
  return count === 0 ? 'it is' : `it and ${countOf(count, 'other')} are`
}

interface Looks {
  readonly files: PlannedFile[]
  readonly notes: Problem[]
  /** Names of the files that are read with others, by what they are. */
  readonly companions: Map<string, string[]>
}

async function planAll(
  named: readonly { readonly source: ImportSource; readonly name: string }[],
  choice: ReadChoice,
  hasCompanions: boolean,
  signal: AbortSignal,
): Promise<Looks> {
  const looks: Looks = { files: [], notes: [], companions: new Map() }
  for (const [index, { source, name }] of named.entries()) {
    signal.throwIfAborted()
    const look = await lookAt(source, name, choice, hasCompanions, signal)
    if ('companion' in look) addTo(looks.companions, look.companion, name)
    else if ('planned' in look) looks.files.push(look.planned)
    else if (source.isNamed) throw look.failure
    else looks.notes.push(noteOn(name, `left out: ${look.failure.message}`))
    if (index % 16 === 15) await setImmediate()
  }
  return looks
}

function addTo(lists: Map<string, string[]>, key: string, item: string): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

/** Look: the kind of a file, which is one to read, one that is read with others, or neither. */
type Look = { readonly planned: PlannedFile } | { readonly companion: string } | { readonly failure: AppError }

async function lookAt(
  source: ImportSource,
  name: string,
  choice: ReadChoice,
  hasCompanions: boolean,
  signal: AbortSignal,
): Promise<Look> {
  try {
    const head = await headOf(createTextInput(source.source, { encoding: choice.encoding, signal }))
    if (choice.format !== undefined)
      return { planned: { ...source, name, format: readableFormat(choice.format).name, evidence: null } }
    const companion = hasCompanions ? companionOf(head) : null
    if (companion !== null) return { companion }
    const { format, evidence } = recognizedFormat(head)
    return { planned: { ...source, name, format: format.name, evidence } }
  } catch (error) {
    if (error instanceof AppError && error.code !== 'cancelled') return { failure: error }
    throw error
  }
}
