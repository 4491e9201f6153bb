/** Agreement of the layers of a corpus, read some sentences at each step. */
import { AppError } from '#main/core/errors'
import { isOwnLayer, ownLayer, type Layer } from '#main/document/layer'
import { createAgreement } from '#main/evaluation/agreement/agreement'
import type { AgreementReport } from '#main/evaluation/agreement/report'
import type { Resampling } from '#main/evaluation/agreement/resample'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'

export interface AgreementRequest extends Resampling {
  readonly corpusId: number
  /** null for the annotators of the corpus, with its own annotation where there is only one besides. */
  readonly layers: readonly Layer[] | null
}

/** @throws AppError 'invalid-input' when fewer than two layers can be compared; 'not-found' for a layer that is not there. */
export function* agreementSteps(
  { corpora, layers: repository, assignments }: Pick<ReadWorkspace, 'corpora' | 'layers' | 'assignments'>,
  { corpusId, layers: asked, ...resampling }: AgreementRequest,
  tell: (share: number) => void,
): Generator<void, AgreementReport> {
  const { name, splits, entityTypes, relationTypes } = corpora.find(corpusId)
  const known = repository.list(corpusId)
  yield
  const layers = asked ?? usualLayers(known, name)
  refuseMissing(layers, known, name)
  const total = repository.countSentences(corpusId)
  const size = { sentences: total, labels: entityTypes + relationTypes }
  const count = createAgreement(layers, size, resampling)
  let done = 0
  for (const page of repository.comparedPages(corpusId, layers)) {
    for (const sentence of page) count.add(sentence)
    tell(Math.min(1, (done += page.length) / total))
    yield
  }
  const all = Object.values(splits).reduce((sum, { sentences }) => sum + sentences, 0)
  const assigned = ({ kind, name: person }: Layer): number =>
    kind === 'annotator' ? assignments.countAssigned(corpusId, person) : 0
  return yield* count.steps(layers.map((layer) => assigned(layer) || all))
}

function usualLayers(known: readonly Layer[], corpus: string): readonly Layer[] {
  const annotators = known.filter(({ kind }) => kind === 'annotator' || kind === 'person')
  const others = annotators.length > 0 ? annotators : known
  if (others.length === 0)
    throw new AppError(
      'invalid-input',
      `Nobody but one has annotated ${corpus}, so there is nothing to compare. Assign sentences to a second person and merge what comes back, or import the files of several annotators.`,
    )
  return others.length > 1 ? others : [...others, ownLayer]
}

function refuseMissing(layers: readonly Layer[], known: readonly Layer[], corpus: string): void {
  const isKnown = (layer: Layer): boolean =>
    isOwnLayer(layer) || known.some(({ kind, name }) => kind === layer.kind && name === layer.name)
  const missing = layers.find((layer) => !isKnown(layer))
  if (missing)
    throw new AppError(
      'not-found',
      `${corpus} has no layer of "${missing.name}". There are: ${[...known, ownLayer].map(({ name }) => `"${name}"`).join(', ')}.`,
    )
  const names = new Set(layers.map(({ kind, name }) => `${kind} ${name}`))
  if (names.size < 2 || names.size < layers.length)
    throw new AppError('invalid-input', 'Agreement needs at least two layers, each named once.')
}
