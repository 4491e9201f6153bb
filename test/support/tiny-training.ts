/** A made-up corpus small enough to be learnt by heart in seconds, and the configs to do it with. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { TrainingJob } from '#main/training/job'
import { defaultTraining, type PmeiModel } from '#main/runs/config'
import type { TrainingConfig } from '#main/runs/setting-values'
import { variants, type VariantName } from '#main/runs/variants'

const people = ['Ada', 'Mara Velt', 'Jon', 'Ines de Roo']
const places = ['Lorn', 'New Hask', 'Tamm']
const companies = ['Orbix', 'Blue Fern Works']

/** `count` sentences, all different up to 24: who founded what, and where it is based. */
export function tinySentences(count: number): LabelledSentence[] {
  return Array.from({ length: count }, (_, index) => {
    const person = pick(people, index)
    const place = pick(places, index)
    const company = pick(companies, Math.floor(index / 12))
    return index % 3 === 0
      ? sentence(index, [person, 'lives in', place, '.'], [[0, 'lives_in', 2]])
      : sentence(
          index,
          [person, 'founded', company, 'in', place, '.'],
          [
            [0, 'founder_of', 2],
            [2, 'based_in', 4],
            [0, 'lives_in', 4],
          ],
        )
  })
}

const pick = (names: readonly string[], index: number): string => names[index % names.length] ?? ''

/** Pieces with a capital are spans; relations count pieces. */
function sentence(
  index: number,
  pieces: readonly string[],
  relations: readonly (readonly [number, string, number])[],
): LabelledSentence {
  const words: string[] = []
  const ranges = pieces.map((piece) => {
    const start = words.length
    words.push(...piece.split(' '))
    return { start, end: words.length, label: '' }
  })
  const at = (piece: number) => ranges[piece] ?? { start: 0, end: 0, label: '' }
  return {
    sentenceId: index + 1,
    words,
    spans: ranges.filter((_, piece) => /^[A-Z]/.test(pieces[piece] ?? '')),
    triples: relations.map(([subject, type, object]) => ({ subject: at(subject), type, object: at(object) })),
    unanchored: [],
  }
}

export function tinyModel(variant: VariantName, changes: Partial<PmeiModel> = {}): PmeiModel {
  return {
    ...variants[variant],
    encoder: { kind: 'lstm', wordDimension: 8, hidden: 8, casingDimension: 4, posDimension: 0, posFrom: 'corpus' },
    resetAfter: false,
    memory: false,
    anchor: 'last',
    tags: ['O', 'B', 'I', 'E', 'S'],
    untypedLabel: '',
    relations: ['founder_of', 'based_in', 'lives_in'],
    ...changes,
  }
}

export function tinyTraining(changes: Partial<TrainingConfig> = {}): TrainingConfig {
  return { ...defaultTraining, epochs: 3, batchSize: 4, learningRate: 0.02, patience: 100, ...changes }
}

/** Eight training sentences and four for dev. */
export function tinyJob(changes: Partial<TrainingJob> = {}): TrainingJob {
  const sentences = tinySentences(12)
  return {
    model: tinyModel('pmei'),
    training: tinyTraining(),
    train: sentences.slice(0, 8),
    dev: sentences.slice(8),
    vectors: null,
    encoder: null,
    from: null,
    resume: null,
    ...changes,
  }
}
