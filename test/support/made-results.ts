/** Extractions whose documents are made up: seeded, any number of triples, names that come in variants. */
import type { ExtractedDocument, ExtractedSentence, ExtractedSpan } from '#main/document/extracted-document'

const relations = ['born_in', 'works_for', 'founded', 'located_in', 'met'] as const
const typeOf: Readonly<Record<string, string>> = { P: 'person', L: 'place', O: 'organisation' }

/** Numbers from 0 to 1 that are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export interface MadeOptions {
  readonly documents: number
  readonly sentences: number
  /** Number of names to choose from; low numbers come up more often. */
  readonly names: number
  readonly seed?: number
  /** Documents of one file: "part0.jsonl#1", ... */
  readonly perFile?: number
  /** Probability that a triple is left out, and by how much probabilities differ, as those of another run. */
  readonly lost?: number
  readonly shift?: number
}

/** The documents one by one. Every seventh is one that could not be read. */
export function* madeDocuments(options: MadeOptions): Generator<ExtractedDocument> {
  const { documents, perFile = 10 } = options
  const random = seeded(options.seed ?? 1)
  const other = seeded(99)
  for (let at = 0; at < documents; at++) {
    const document = `part${Math.floor(at / perFile)}.jsonl#${(at % perFile) + 1}`
    const isFailed = at % 7 === 6
    yield {
      ...{ document, runId: 'pmei-1' },
      sentences: isFailed ? [] : sentencesOf(options, random, other),
      failure: isFailed ? 'line 7: no text' : null,
    }
  }
}

function sentencesOf(
  { sentences, names, lost = 0, shift = 0 }: MadeOptions,
  random: () => number,
  other: () => number,
): ExtractedSentence[] {
  let start = 0
  return Array.from({ length: sentences }, () => {
    const name = (kind: string): string => {
      const text = `${kind}name ${Math.floor(random() ** 2 * names)}`
      const way = random()
      return way < 0.1 ? `the ${text}` : way < 0.2 ? text.toUpperCase() : text
    }
    const [first, second, third] = [name('P'), name('O'), name('L')]
    const text = `In 1999 ${first} of ${second} came to ${third} again .`
    const from = start
    start += text.length + 1
    const span = (of: string, probability: number): ExtractedSpan => {
      const at = from + text.indexOf(of, of === first ? 8 : text.indexOf(of === second ? ' of ' : ' came to ') + 3)
      const kind = of.replace(/^the /, '')[0] ?? ''
      return { text: of, start: at, end: at + of.length, type: typeOf[kind.toUpperCase()] ?? '', probability }
    }
    const ends = [
      [first, second],
      [first, third],
      [second, third],
    ] as const
    const triples = ends.flatMap(([subject, object]) => {
      const [chance, which, probability] = [random(), random(), 0.5 + random() / 2]
      if (chance < 0.4 || other() < lost) return []
      return [
        {
          subject: span(subject, 0.99),
          relation: relations[Math.floor(which ** 2 * relations.length)] ?? 'met',
          object: span(object, 0.98),
          probability: Math.min(1, probability + shift * other()),
        },
      ]
    })
    return { start: from, end: from + text.length, text, spans: [], triples }
  })
}
