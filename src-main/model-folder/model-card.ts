/** The card of a model folder: what the model is, what it was trained on, how well it does, and what is within the folder. */
import { describeScoring, type StoredEvaluation } from '#main/evaluation/stored-evaluation'
import { matchModes } from '#main/evaluation/match-mode'
import type { Scores } from '#main/evaluation/scores'
import { thresholdOf } from '#main/document/prediction'
import { thresholdsOf } from '#main/runs/run'
import { settingsOfRun } from '#main/runs/run-settings'
import { hasMemory } from '#main/runs/config'
import { meaningOf } from '#main/runs/families/families'
import { englishVectors } from '#main/runs/vector-choice'
import { countOf } from '#main/text/numbers'
import { markdownTable } from '#main/text/markdown-table'
import { describeSplitting } from '#main/text/splitting'
import type { ModelFacts } from './model-facts.ts'

type Row = readonly (string | number)[]

export interface CardParts {
  readonly facts: Omit<ModelFacts, 'format' | 'version'>
  /** Scores of splits that were scored; empty where none was. */
  readonly evaluations: readonly StoredEvaluation[]
  /** Number of words with a vector of their own; 0 with a BERT. */
  readonly words: number
  /** Number of words that vectors.bin has a vector of; 0 where it did not come along. */
  readonly vectors: number
}

export function formatModelCard({ facts, evaluations, words, vectors }: CardParts): string {
  const { run, labels, seen, espalier, exportedMs } = facts
  const { config, data } = run
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
  const { usual: threshold, byRelation: thresholds } = thresholdsOf(run)
  const reading = { threshold, thresholds }
  return [
    `# ${run.name}: entities and relations, trained on ${data.corpusName}`,
    ...(run.note === '' ? [] : [run.note.replaceAll(/^/gm, '> ')]),
    'A model of Espalier. It reads text and finds triples: subject, relation, object.',
    '```sh\nespalier model check FOLDER\nespalier extract FOLDER texts.jsonl > triples.jsonl\n```',
    table(
      ['', ''],
      [
        ['Run', run.runId],
        ['Variant', `${config.variant}: ${meaningOf(config.variant)}`],
        [
          'Trained',
          `${day(run.createdMs)}, ${run.epoch} epochs; the weights are those of epoch ${run.bestEpoch ?? run.epoch}`,
        ],
        ['Exported', `${day(exportedMs)} by Espalier ${espalier}`],
        ['Weights', 'weights.safetensors, float32, names as in config.json'],
        [
          'Text is split',
          data.splitting ? describeSplitting(data.splitting) : 'by the rules of its language, which is found',
        ],
      ],
    ),
    '## Words that training has not seen',
    describeUnseen(facts, words, vectors),
    '## Labels',
    `Entity types: ${labels.entityTypes.map(({ name }) => name).join(', ') || 'none'}.`,
    table(
      ['relation', 'threshold', 'seen in training from → to'],
      labels.relationTypes.map(({ name }) => [
        ...[name, thresholdOf(reading, name)],
        seen
          .filter(({ relation }) => relation === name)
          .map(({ subject, object, count }) => `${subject} → ${object} (${count})`)
          .join(', '),
      ]),
    ),
    '## Data',
    table(
      ['split', 'sentences', 'triples', 'SHA-256 of words and gold'],
      Object.entries(data.splits).map(([name, part]) => [name, part.sentences, part.triples, part.sha256]),
    ),
    '## Scores',
    ...(evaluations.length === 0
      ? ['No split was scored before the export; on dev the run reported the best F1 of its epochs.']
      : evaluations.flatMap((evaluation) => [`${describeScoring(evaluation)}.`, scoresOf(evaluation)])),
    ...(run.bestDev ? [`Best F1 on dev: ${percent(run.bestDev.f1)}.`] : []),
    '## Settings',
    table(
      ['setting', 'value'],
      settingsOfRun(config).map(({ setting, shown }): Row => [setting.label, shown]),
    ),
    '## What is within, and licences',
    describeContent(facts),
    ...(run.notes?.length ? ['## Notes of the program', ...run.notes.map((note) => `- ${note}`)] : []),
  ]
    .join('\n\n')
    .concat('\n')
}

/** What becomes of a word that training has not seen, in sentences. */
export function describeUnseen(
  { unseenWords }: Pick<ModelFacts, 'unseenWords'>,
  words: number,
  vectors: number,
): string {
  if (unseenWords === 'pieces')
    return 'Every word is read as the word pieces of the BERT, so there is none that it does not know.'
  const known = `The model has a vector of its own for each of ${countOf(words, 'word')}.`
  if (unseenWords === 'english')
    return `${known} Other words are looked up in the English vectors that come with Espalier (GloVe 6B, its 100,000 most frequent words); the rest take the vector of the unknown word. A program other than Espalier needs the folder as "espalier model export --vectors all" writes it.`
  return unseenWords === 'vectors'
    ? `${known} Of other words, those in vectors.bin (${countOf(vectors, 'word')}) have the vector that training would have begun with; the rest take the vector of the unknown word.`
    : `${known} All other words take the vector of the unknown word; their letters' case and their place among the others are all that is read of them.`
}

function describeContent({
  run,
  selfCheck,
  unseenWords,
}: Pick<ModelFacts, 'run' | 'selfCheck' | 'unseenWords'>): string {
  const { encoder } = run.config.model
  return [
    `- Of the corpus ${run.data.corpusName}: its labels, the words of its training text (vocabulary.txt),${hasMemory(run.config.model) ? ' its names and triples (memory.json),' : ''} and ${countOf(selfCheck.length, 'sentence')} with predictions, by which "espalier model check" tests the folder. Whoever passes the folder on passes these on: the licence of the corpus applies to them.`,
    ...(unseenWords === 'vectors'
      ? [
          run.config.vectors?.file === englishVectors
            ? '- vectors.bin holds GloVe 6B word vectors (Pennington, Socher and Manning 2014), which are in the public domain (PDDL 1.0).'
            : `- vectors.bin holds word vectors of ${run.config.vectors?.file ?? 'another file'}, under the licence of whoever published them.`,
        ]
      : []),
    ...(run.config.vectors && unseenWords !== 'vectors'
      ? [
          run.config.vectors.file === englishVectors
            ? '- The weights began from GloVe 6B word vectors (Pennington, Socher and Manning 2014), which are in the public domain (PDDL 1.0).'
            : `- The weights began from word vectors of ${run.config.vectors.file}: look at the licence of whoever published them.`,
        ]
      : []),
    ...(encoder.kind === 'bert'
      ? [
          `- ${encoder.isFrozen ? 'encoder/ holds' : 'The weights began from'} the BERT ${encoder.source.folder} (SHA-256 ${encoder.source.sha256}), under the licence of whoever published it.`,
        ]
      : []),
    '- Whoever trained the model decides about its licence: write it here.',
  ].join('\n')
}

function scoresOf({ triples, entities }: StoredEvaluation): string {
  const row = (label: string, { precision, recall, f1 }: Scores): Row => [
    label,
    ...[precision, recall, f1].map(percent),
  ]
  return table(
    ['', 'P', 'R', 'F1'],
    // figures of an older version lack the modes that came later
    [
      ...matchModes.filter((mode) => mode in triples).map((mode) => row(`triples, ${mode}`, triples[mode])),
      row('entities', entities.all),
    ],
  )
}

const percent = (share: number): string => (100 * share).toFixed(1)

function table(head: readonly string[], rows: readonly Row[]): string {
  return markdownTable(
    head,
    rows,
    (column) => column > 0 && rows.every((row) => /^-?[\d.]+$/.test(String(row[column]))),
  )
}
