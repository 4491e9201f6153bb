/** The verdict on a file of another system: refused with what to do, or taken with what was left out. */
import { AppError } from '#main/core/errors'
import { ownLayer, type Layer, type LayerKind } from '#main/document/layer'
import { leftOutBy } from '#main/document/type-mapping'
import { countOf } from '#main/text/numbers'
import type { LayerReading } from './read-layer.ts'

const kindNames: Readonly<Record<LayerKind, string>> = {
  person: 'a person',
  run: 'a run',
  annotator: 'an annotator',
  system: 'another system',
  rule: 'a set of rules',
  gold: 'the annotation of the corpus',
}

/** @throws AppError 'invalid-input' where a system may not have this name in a corpus with these layers. */
export function refuseName(name: string, layers: readonly Layer[]): void {
  if (name.trim() === '') throw new AppError('invalid-input', 'Name the system: --layer spacy')
  const isSame = (other: string): boolean => other.toLowerCase() === name.trim().toLowerCase()
  if (isSame(ownLayer.name))
    throw new AppError(
      'invalid-input',
      `"${name}" stands for the annotation of the corpus itself, so no system may have this name. Choose another one.`,
    )
  const taken = layers.find((layer) => layer.kind !== 'system' && isSame(layer.name))
  if (taken)
    throw new AppError(
      'invalid-input',
      `"${taken.name}" is the name of ${kindNames[taken.kind]} in this corpus, so no system may have it. Choose another one.`,
    )
}

/** @throws AppError 'invalid-input' where nothing of the file fits, or where some of it does not and the import is strict. */
export function refuseLayer(file: string, corpus: string, reading: LayerReading, isStrict: boolean): void {
  const reason = reasonAgainst(file, corpus, reading, isStrict)
  if (reason !== null) throw new AppError('invalid-input', reason)
}

function reasonAgainst(file: string, corpus: string, reading: LayerReading, isStrict: boolean): string | null {
  const { found, stranger, unread, spans, relations, lost, recordsLeftOut } = reading
  if (found === 0 && stranger)
    return `None of the sentences of ${file} is in "${corpus}", so nothing was imported. The first, in record ${stranger.record}, is "${shorten(stranger.text)}". Give predictions of the sentences of this corpus, with the same letters.`
  if (found === 0) return [`${file} holds no sentence, so nothing was imported.`, ...(unread ? [unread] : [])].join(' ')
  if (spans + relations === 0) {
    const unfit = unfitOf(reading)
    if (unfit.length > 0 && unfit.length === typesIn(reading))
      return `The label set has none of the types of the file (${unfit.slice(0, 8).join(', ')}), so nothing was imported. Add them to the label set, or let the import add them (--add-types).`
    return lost === 0
      ? `${file} says nothing of the sentences of "${corpus}": it holds no span and no relation, so nothing was imported.`
      : `None of the ${countOf(lost, 'span or relation', 'spans and relations')} of ${file} fits the sentences and types of "${corpus}", so nothing was imported. Spans must be whole words of these sentences.`
  }
  if (isStrict && recordsLeftOut > 0)
    return ['Nothing was imported, since some of the file cannot be taken.', ...problemsOf(reading)].join(' ')
  return null
}

/** Sentences that tell a person what of the file was left out. */
export function problemsOf(reading: LayerReading): string[] {
  const { strangers, stranger, lost, unread } = reading
  const unfit = unfitOf(reading)
  return [
    ...(unread ? [unread] : []),
    ...(stranger
      ? [
          `${countOf(strangers, 'sentence')} of the file ${strangers === 1 ? 'is' : 'are'} not in the corpus and left out; the first, in record ${stranger.record}: "${shorten(stranger.text)}".`,
        ]
      : []),
    ...(unfit.length > 0
      ? [
          `The label set has no ${unfit.slice(0, 8).join(', ')}${unfit.length > 8 ? ', …' : ''}: what has these types is left out.`,
        ]
      : []),
    ...(lost > 0
      ? [`${countOf(lost, 'span or relation', 'spans and relations')} of the file could not be taken over.`]
      : []),
  ]
}

function unfitOf({ mapping }: LayerReading): string[] {
  const { entities, relations } = leftOutBy(mapping)
  return [...entities, ...relations]
}

function typesIn({ mapping: { entities, relations } }: LayerReading): number {
  return Object.keys(entities).length + Object.keys(relations).length
}

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text)
