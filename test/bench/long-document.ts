/** A document that no editor likes: many words, spans and relations in one sentence, as Espalier's own lines. */
import { createRandom } from '#main/models/shared/random'

export interface DocumentSize {
  readonly tokens: number
  readonly spans: number
  readonly relations: number
}

export const longDocument: DocumentSize = { tokens: 10_000, spans: 1_000, relations: 4_000 }

const entityTypes = ['PERSON', 'ORG', 'PLACE']
const relationTypes = ['founded', 'leads', 'based_in', 'knows']
const syllables = ['ma', 'ra', 'vel', 'or', 'bi', 'sk', 'tar', 'now', 'cal', 'den', 'lun', 'de']

/** Spans spread evenly; a relation joins spans that are mostly near each other, as in real text. */
export function generateLongDocument({ tokens, spans, relations }: DocumentSize, seed = 1): LongDocument {
  const random = createRandom(seed)
  const words = Array.from({ length: tokens }, () =>
    Array.from({ length: 1 + random.integer(3) }, () => syllables[random.integer(syllables.length)]).join(''),
  )
  const step = Math.floor(tokens / spans)
  const placed = Array.from({ length: spans }, (_, at) => {
    const start = at * step
    return { id: `s${at}`, start, end: start + 1 + random.integer(3), label: entityTypes[random.integer(3)] ?? '' }
  })
  const seen = new Set<string>()
  const joined: { id: string; subject: string; type: string; object: string }[] = []
  while (joined.length < relations) {
    const from = random.integer(spans)
    const reach = random.uniform() < 0.9 ? 8 : spans
    const to = (from + 1 + random.integer(reach)) % spans
    const type = relationTypes[random.integer(relationTypes.length)] ?? ''
    const key = `${from} ${type} ${to}`
    if (from === to || seen.has(key)) continue
    seen.add(key)
    joined.push({ id: `r${joined.length}`, subject: `s${from}`, type, object: `s${to}` })
  }
  return { words, spans: placed, relations: joined }
}

export interface LongDocument {
  readonly words: readonly string[]
  readonly spans: readonly {
    readonly id: string
    readonly start: number
    readonly end: number
    readonly label: string
  }[]
  readonly relations: readonly {
    readonly id: string
    readonly subject: string
    readonly type: string
    readonly object: string
  }[]
}

export const longDocumentLabels = {
  entityTypes: entityTypes.map((name) => ({ name })),
  relationTypes: relationTypes.map((name) => ({ name })),
  signatures: [],
}
