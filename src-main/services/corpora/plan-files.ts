/** Plans an import before anything is read whole: the format of each file, found in its beginning, and what is left out. */
import { setImmediate } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import type { Problem } from '#main/core/problem'
import { plainText } from '#main/corpora/formats/plain-text/read'
import type { ReadChoice } from '#main/corpora/read-corpus'
import { chooseFormat, companionOf } from '#main/corpora/recognition'
import { headOf } from '#main/corpora/shared/file-head'
import { createTextInput } from '#main/corpora/text-input'
import type { ImportSource } from './import-sources.ts'

export interface PlannedFile extends ImportSource {
  /** Name that tells it from the others. */
  readonly name: string
  /** Name of its format. */
  readonly format: string
  /** What showed the format, as words that follow "it has"; null when a person named it. */
  readonly evidence: string | null
}

export interface ImportPlan {
  readonly files: readonly PlannedFile[]
  /** What is not read, with the reason. */
  readonly notes: readonly Problem[]
}

interface Look {
  readonly planned: PlannedFile | null
  readonly note: string | null
  readonly failure: AppError | null
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
  const files: PlannedFile[] = []
  const notes: Problem[] = []
  const note = (file: string, message: string): void => void notes.push({ file, line: null, message, severity: 'note' })
  for (const [index, source] of sources.entries()) {
    signal.throwIfAborted()
    const name = names[index] ?? source.source.name
    const { planned, note: told, failure } = await lookAt(source, name, choice, sources.length > 1, signal)
    if (failure && source.isNamed) throw failure
    if (failure) note(name, `left out: ${failure.message}`)
    if (told !== null) note(name, told)
    if (planned) files.push(planned)
    if (index % 16 === 15) await setImmediate()
  }
  const isProse = ({ format, isNamed }: PlannedFile): boolean => format === plainText.name && !isNamed
  const kept =
    choice.format === undefined && files.some((file) => !isProse(file)) ? files.filter((f) => !isProse(f)) : files
  for (const { name } of files.filter((file) => !kept.includes(file)))
    note(name, 'left out: it is prose among files with annotations. Choose it by itself to import it')
  const [first] = notes
  if (kept.length === 0)
    throw new AppError('invalid-input', `Nothing of this can be read. ${first?.file ?? ''}: ${first?.message ?? ''}.`)
  return { files: kept, notes }
}

async function lookAt(
  source: ImportSource,
  name: string,
  choice: ReadChoice,
  hasOthers: boolean,
  signal: AbortSignal,
): Promise<Look> {
  try {
    const head = await headOf(createTextInput(source.source, { encoding: choice.encoding, signal }))
    const companion = hasOthers && choice.format === undefined ? companionOf(head) : null
    if (companion !== null)
      return { planned: null, failure: null, note: `it is ${companion}, which is read along with the others` }
    const { format, evidence } = chooseFormat(head, choice.format)
    return { planned: { ...source, name, format: format.name, evidence }, note: null, failure: null }
  } catch (error) {
    if (error instanceof AppError && error.code !== 'cancelled') return { planned: null, note: null, failure: error }
    throw error
  }
}
