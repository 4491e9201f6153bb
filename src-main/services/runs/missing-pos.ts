/** Words that a run with the parts of speech of its corpus reads without: they have none, or one that it was not trained with. */
import { countPos, countWords, type SentenceWords } from '#main/document/labelled-sentence'
import { posSourceOf } from '#main/runs/config'
import type { Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import { readStoredModel } from './stored-model.ts'

/** Says for sentences how many of their words, or null where every word has one, or the run reads none. */
export type PosNote = (sentences: readonly SentenceWords[]) => string | null

/** @param partsOfSpeech those that the model was trained with. */
export function posNote(
  { name, config }: Pick<Run, 'name' | 'config'>,
  partsOfSpeech: readonly string[] | undefined,
): PosNote {
  if (posSourceOf(config.model) !== 'corpus') return () => null
  const known = new Set(partsOfSpeech)
  return (sentences) => {
    const words = countWords(sentences)
    const missing = words - countPos(sentences, known)
    if (missing === 0) return null
    const lack = missing === words ? 'none of these words has' : `of these ${words} words ${missing} do not have`
    return `${name} reads parts of speech, and ${lack} one that it was trained with: such words are read without.`
  }
}

export interface MissingPos {
  notesOf(run: Run): Promise<PosNote>
  /** The same as a notice, once per run: for what is read where nobody sees notes, such as suggestions. */
  tell(run: Run, sentences: readonly SentenceWords[]): Promise<void>
}

export function createMissingPos({ workspace, emit }: ServiceContext): MissingPos {
  const told = new Set<string>()

  async function notesOf(run: Run): Promise<PosNote> {
    if (posSourceOf(run.config.model) !== 'corpus') return () => null
    return posNote(run, (await readStoredModel(workspace, run))?.partsOfSpeech)
  }

  return {
    notesOf,
    async tell(run, sentences) {
      const message = told.has(run.runId) ? null : (await notesOf(run))(sentences)
      if (message === null) return
      told.add(run.runId)
      emit({ type: 'notice', message, runId: null })
    },
  }
}
