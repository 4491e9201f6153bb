/** Puts clauses together to sentences: alone, with an opening, or two in one. */
import { createRandom } from '#main/models/shared/random'
import { createNames } from './names.ts'
import { fill, renderClause, type Rendered } from './render.ts'
import { clauses, distractors, joints, openings } from './templates.ts'

const seed = 20_261

/** Shares of sentences without relations, with two clauses, and with an opening. */
const shares = { distractor: 0.1, joined: 0.18, opening: 0.2 }

/** `count` sentences, no text twice; the same ones every time. */
export function generateSentences(count: number): Rendered[] {
  const random = createRandom(seed)
  const nextName = createNames(createRandom(seed, 1))
  const pick = (items: readonly string[]): string => items[random.integer(items.length)] ?? ''

  function clause(suffix: string, taken: Set<string>): Rendered {
    const source = random.uniform() < shares.distractor ? distractors : clauses
    return renderClause(pick(source), suffix, random, (type) => {
      const name = nextName(type, taken)
      taken.add(name)
      return name
    })
  }

  function sentence(): Rendered {
    const taken = new Set<string>()
    const first = clause('', taken)
    if (random.uniform() < shares.joined) {
      const second = clause('2', taken)
      const text = pick(joints).replace('{1}', first.text).replace('{2}', second.text)
      return finish({
        text,
        entities: [...first.entities, ...second.entities],
        triples: [...first.triples, ...second.triples],
      })
    }
    if (random.uniform() >= shares.opening) return finish(first)
    const opening = pick(openings).replaceAll(/\{(\w+)\}/g, (_, slot: string) => fill(slot, random))
    return finish({ ...first, text: opening + first.text })
  }

  const sentences = new Map<string, Rendered>()
  while (sentences.size < count) {
    const made = sentence()
    sentences.set(JSON.stringify(made), made)
  }
  return [...sentences.values()]
}

/** A capital and a full stop; a sentence that begins with a name has its capital. */
function finish(rendered: Rendered): Rendered {
  return { ...rendered, text: `${rendered.text.charAt(0).toUpperCase()}${rendered.text.slice(1)}.` }
}
