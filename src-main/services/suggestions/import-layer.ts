/** Importing a layer: what another system says of the sentences of a corpus, from a file in any format of a corpus. */
import { setImmediate } from 'node:timers/promises'
import type { CallInputs, Handlers } from '#main/api/handlers'
import type { ImportedLayer } from '#main/api/suggestions'
import { AppError } from '#main/core/errors'
import type { SentenceAnnotation } from '#main/document/annotated-doc'
import { leftOutBy, proposeMapping, type TypeMapping, type TypeNames } from '#main/document/type-mapping'
import { openCorpus } from '#main/corpora/read-corpus'
import type { Source } from '#main/core/source'
import { targetsOf, typeNames, withTypes } from '#main/labels/type-names'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { openSources } from '../corpora/import-sources.ts'
import { createFinder, fileSentences, placeSaid } from './place-layer.ts'

type Request = CallInputs['suggestions']['importLayer']

/** Number of sentences that are written together. */
const writtenAtOnce = 500

export function createImportLayer(context: ServiceContext): Pick<Handlers['suggestions'], 'importLayer'> {
  const { workspace, uploads, tasks, emit } = context
  return {
    async importLayer(request, signal = new AbortController().signal) {
      const { corpusId, name, file, addsLabels, taskId } = request
      const cancel = new AbortController()
      const stopped = AbortSignal.any([signal, cancel.signal])
      const begun = { taskId, kind: 'import', title: `suggestions of ${name}`, detail: '' } as const
      const task = tasks.begin({ ...begun, fraction: null, secondsLeft: null }, () => cancel.abort())
      try {
        const { sources } = await openSources([{ file }], uploads, stopped)
        const [opened, ...others] = sources
        if (!opened || others.length > 0)
          throw new AppError('invalid-input', `Give one file; ${countOf(sources.length, 'file')} were found.`)
        // read as a whole before anything is written: what is wrong near its end leaves nothing behind
        const first = await readThrough(opened.source, request, stopped)
        const { types } = first
        if (first.found === 0) throw noneFound(opened.source.name, workspace.corpora.find(corpusId).name, first)
        if (addsLabels) workspace.labels.update(corpusId, withTypes(workspace.labels.get(corpusId), types))
        const mapping = proposeMapping(types, typeNames(workspace.labels.get(corpusId)))
        refuseUnfit(types, mapping)
        const written = await write(opened.source, request, mapping, stopped)
        const layer = { kind: 'system', name } as const
        task.finish('finished', countOf(written.sentences, 'sentence'))
        return { layer, ...written, problems: [...first.problems, ...problemsOf(first, mapping, written)] }
      } catch (error) {
        task.finish(stopped.aborted ? 'cancelled' : 'failed', error instanceof Error ? error.message : String(error))
        throw stopped.aborted ? new AppError('cancelled', 'The import was cancelled.') : error
      } finally {
        emit({ type: 'corpora-changed' })
      }
    },
  }

  async function readThrough(
    source: Source,
    { corpusId, ...choice }: Request,
    signal: AbortSignal,
  ): Promise<FirstReading> {
    const reading = await openCorpus(source, choiceOf(choice), { signal })
    const find = createFinder(workspace.corpora, corpusId)
    const entities = new Set<string>()
    const relations = new Set<string>()
    let [found, strangers] = [0, 0]
    let stranger: FirstReading['stranger'] = null
    for await (const { doc, record } of reading.docs)
      for (const { words, said } of fileSentences(doc, record)) {
        if (find(words).length > 0) found++
        else {
          strangers++
          stranger ??= { record, text: words.join(' ') }
        }
        for (const { label } of said.spans) entities.add(label)
        for (const { type } of said.relations) relations.add(type)
      }
    const { counts, problems } = reading.report()
    const [worst] = problems.filter(({ severity }) => severity === 'rejected')
    const rejected =
      counts.rejected > 0
        ? [`${countOf(counts.rejected, 'record')} could not be read${worst ? `, the first: ${worst.message}` : ''}.`]
        : []
    return {
      types: { entities: [...entities], relations: [...relations] },
      found,
      strangers,
      stranger,
      problems: rejected,
    }
  }

  async function write(
    source: Source,
    { corpusId, name, ...choice }: Request,
    mapping: TypeMapping,
    signal: AbortSignal,
  ): Promise<Pick<ImportedLayer, 'sentences' | 'spans' | 'relations'> & { lost: number }> {
    const layer = { kind: 'system', name } as const
    const reading = await openCorpus(source, choiceOf(choice), { signal })
    const find = createFinder(workspace.corpora, corpusId)
    const totals = { sentences: 0, spans: 0, relations: 0, lost: 0 }
    const waiting = new Map<number, SentenceAnnotation>()
    const flush = async (): Promise<void> => {
      totals.sentences += waiting.size
      workspace.layers.put(corpusId, layer, waiting)
      waiting.clear()
      await setImmediate()
    }
    for await (const { doc, record } of reading.docs)
      for (const sentence of fileSentences(doc, record))
        for (const { sentenceId, words } of find(sentence.words)) {
          const { annotation, lost } = placeSaid(sentence, words, layer, mapping)
          if (!waiting.has(sentenceId)) {
            totals.spans += annotation.spans.length
            totals.relations += annotation.relations.length
            totals.lost += lost
          }
          waiting.set(sentenceId, annotation)
          if (waiting.size >= writtenAtOnce) await flush()
        }
    await flush()
    return totals
  }
}

interface FirstReading {
  readonly types: TypeNames
  readonly found: number
  readonly strangers: number
  readonly stranger: { readonly record: number; readonly text: string } | null
  readonly problems: readonly string[]
}

const choiceOf = ({ format, settings, encoding }: Pick<Request, 'format' | 'settings' | 'encoding'>) => ({
  ...{ format, settings: settings as never, encoding }, // as the contract has parsed them
})

function noneFound(file: string, corpus: string, { stranger, problems }: FirstReading): AppError {
  return new AppError(
    'invalid-input',
    stranger
      ? `None of the sentences of ${file} is in "${corpus}", so nothing was imported. The first, in record ${stranger.record}, is "${shorten(stranger.text)}". Give predictions of the sentences of this corpus, with the same letters.`
      : `${[`${file} holds no sentence, so nothing was imported.`, ...problems].join(' ')}`,
  )
}

/** @throws AppError where the label set holds none of the types, so that the layer would be empty. */
function refuseUnfit({ entities, relations }: TypeNames, mapping: TypeMapping): void {
  const known = targetsOf(mapping)
  const all = [...entities, ...relations]
  if (all.length === 0 || known.entities.length + known.relations.length > 0) return
  throw new AppError(
    'invalid-input',
    `The label set has none of the types of the file (${all.slice(0, 8).join(', ')}), so nothing was imported. Add them to the label set, or let the import add them (--add-types).`,
  )
}

function problemsOf({ strangers, stranger }: FirstReading, mapping: TypeMapping, { lost }: { lost: number }): string[] {
  const { entities, relations } = leftOutBy(mapping)
  const unfit = [...entities, ...relations]
  return [
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

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text)
