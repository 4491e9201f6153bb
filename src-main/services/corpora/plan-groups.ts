/** Finds the files of an import that are the same documents by different annotators, by their names and the beginnings of their texts. */
import { candidatesAmong, groupFiles, type FileSample } from '#main/corpora/annotators/group-files'
import { findFormat } from '#main/corpora/formats'
import { openCorpus, type ReadChoice } from '#main/corpora/read-corpus'
import { AppError } from '#main/core/errors'
import { textHash } from '#main/text/likeness'
import type { PlannedFile } from './plan-files.ts'

/** A file alone, or files that are read beside each other: the first gives the annotation, the others are layers. */
export type PlannedUnit = readonly UnitFile[]

export interface UnitFile extends PlannedFile {
  /** Name of its annotator among those of the unit; null of a file alone. */
  readonly annotator: string | null
}

/** Number of docs, and of code units, of the beginning of a file that are compared. */
const sampleSize = { docs: 20, length: 2 ** 18 }

/** Units in the order of their first files. */
export async function planGroups(
  files: readonly PlannedFile[],
  choice: ReadChoice,
  signal: AbortSignal,
): Promise<PlannedUnit[]> {
  const alone = files.map((file): PlannedUnit => [{ ...file, annotator: null }])
  if (choice.settings?.keepApart === true) return alone
  const hasOwn = (index: number): boolean => findFormat(files[index]?.format ?? '')?.hasFilePerAnnotator === true
  const names = files.map(({ name }) => name)
  const candidates = new Set(candidatesAmong(names).flat().filter(hasOwn))
  if (candidates.size < 2) return alone
  const samples = new Map<number, FileSample>()
  for (const index of candidates) {
    const file = files[index]
    if (file) samples.set(index, { name: file.name, texts: await firstTexts(file, choice, signal) })
  }
  const groups = groupFiles(names, samples)
  const grouped = new Set(groups.flatMap((group) => group.map(({ file }) => file)))
  const units = groups.map((group) => group.flatMap(({ file, annotator }) => withAnnotator(files[file], annotator)))
  const left = alone.filter((_, index) => !grouped.has(index))
  const placeOf = new Map(names.map((name, index) => [name, index]))
  const firstPlace = (unit: PlannedUnit): number => Math.min(...unit.map(({ name }) => placeOf.get(name) ?? 0))
  return [...units, ...left].sort((a, b) => firstPlace(a) - firstPlace(b))
}

function withAnnotator(file: PlannedFile | undefined, annotator: string): UnitFile[] {
  return file ? [{ ...file, annotator }] : []
}

/** Numbers that stand for the first texts of a file; none where it cannot be read, which is told when it is read whole. */
async function firstTexts(file: PlannedFile, choice: ReadChoice, signal: AbortSignal): Promise<number[]> {
  const texts: number[] = []
  let length = 0
  try {
    const { docs } = await openCorpus(
      { ...file.source, name: file.name },
      { ...choice, format: file.format },
      { signal },
    )
    for await (const { doc } of docs) {
      texts.push(textHash(doc.text))
      length += doc.text.length
      if (texts.length >= sampleSize.docs || length >= sampleSize.length) break
    }
  } catch (error) {
    if (!(error instanceof AppError) || signal.aborted) throw error
  }
  return texts
}
