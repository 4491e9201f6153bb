/** Rules in the services: previewed on the first sentences of a corpus, then made suggestions in all of them. */
import { randomUUID } from 'node:crypto'
import type { Handlers } from '#main/api/handlers'
import type { RuleCount, RulesPreview } from '#main/api/suggestions'
import { AppError } from '#main/core/errors'
import type { SentenceAnnotation } from '#main/document/annotated-doc'
import { emptyAnnotation } from '#main/document/annotation'
import { readRules, type Rule } from '#main/document/rules'
import type { SuggestingLayer } from '#main/document/suggestion-source'
import { withTypes } from '#main/labels/type-names'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import type { MatchedPage, MatchedSentence, MatchRequest } from './match-page.ts'

/** Number of sentences that a preview looks at. */
const previewed = 20_000

/** Number of sentences that are matched and written together. */
const pageLength = 1000

const mostExamples = 3

export function createRules(context: ServiceContext): Pick<Handlers['suggestions'], 'previewRules' | 'applyRules'> {
  const { workspace, reads, tasks, emit } = context

  /** Goes through a corpus page by page; patterns that were given up are not tried on the next page. */
  async function* pages(
    request: Pick<MatchRequest, 'corpusId' | 'rules' | 'isAnyCase'>,
    most: number,
    signal?: AbortSignal,
  ): AsyncGenerator<MatchedPage, void> {
    let { rules } = request
    for (let after = 0, done = 0; done < most;) {
      const limit = Math.min(pageLength, most - done)
      const page = await reads.ask('matchRules', { ...request, rules, after, limit }, { signal })
      const last = page.sentenceIds.at(-1)
      if (last === undefined) return
      yield page
      ;[after, done] = [last, done + page.sentenceIds.length]
      const givenUp = new Set(page.tooSlow.flatMap(({ line, isGivenUp }) => (isGivenUp ? [line] : [])))
      rules = rules.filter(({ line }) => !givenUp.has(line))
    }
  }

  const unknownLabels = (corpusId: number, rules: readonly Rule[]): string[] => {
    const known = new Set(workspace.labels.get(corpusId).entityTypes.map(({ name }) => name))
    return [...new Set(rules.map(({ label }) => label))].filter((label) => !known.has(label))
  }

  return {
    async previewRules({ corpusId, rules: written, isAnyCase }, signal) {
      const { rules, problems } = readRules(written)
      const counts = new Map(rules.map((rule) => [rule.line, emptyCount(rule)]))
      const troubles = createTroubles()
      let [lookedAt, sentences, matches] = [0, 0, 0]
      for await (const page of pages({ corpusId, rules, isAnyCase }, previewed, signal)) {
        lookedAt += page.sentenceIds.length
        sentences += page.matched.length
        matches += page.matched.reduce((sum, one) => sum + one.matches.length, 0)
        for (const one of page.matched) count(counts, one)
        troubles.add(page)
      }
      return {
        counts: [...counts.values()].sort((a, b) => b.matches - a.matches || a.line - b.line).slice(0, 500),
        ...{ rules: rules.length, matches, sentences, lookedAt, unknownLabels: unknownLabels(corpusId, rules) },
        problems: [...problems, ...troubles.told()],
      } satisfies RulesPreview
    },

    async applyRules({ corpusId, name, rules: written, isAnyCase, addsLabels, taskId }) {
      const { rules: read, problems } = readRules(written)
      const unknown = unknownLabels(corpusId, read)
      if (addsLabels)
        workspace.labels.update(
          corpusId,
          withTypes(workspace.labels.get(corpusId), { entities: unknown, relations: [] }),
        )
      const rules = addsLabels ? read : read.filter(({ label }) => !unknown.includes(label))
      if (rules.length === 0)
        throw new AppError(
          'invalid-input',
          read.length === 0
            ? `No line is a rule, so nothing can be suggested. ${problems[0] ?? 'Write string,label on each line.'}`
            : `The label set has none of the labels of these rules (${unknown.slice(0, 5).join(', ')}), so nothing can be suggested. Add them to the label set, or change the rules.`,
        )
      const layer = { kind: 'rule', name } as const
      const cancel = new AbortController()
      const total = Object.values(workspace.corpora.find(corpusId).splits).reduce((sum, one) => sum + one.sentences, 0)
      const begun = {
        taskId,
        kind: 'labels',
        title: `find "${name}"`,
        detail: '',
        fraction: 0,
        secondsLeft: null,
      } as const
      const task = tasks.begin(begun, () => cancel.abort())
      const troubles = createTroubles()
      let [done, sentences, matches] = [0, 0, 0]
      try {
        workspace.suggestions.putRules(corpusId, name, written)
        for await (const page of pages({ corpusId, rules, isAnyCase }, Infinity, cancel.signal)) {
          write(corpusId, layer, page)
          troubles.add(page)
          done += page.sentenceIds.length
          sentences += page.matched.length
          matches += page.matched.reduce((sum, one) => sum + one.matches.length, 0)
          task.update({ detail: countOf(done, 'sentence'), fraction: total === 0 ? null : Math.min(1, done / total) })
        }
        task.finish('finished', `${countOf(matches, 'match', 'matches')} in ${countOf(sentences, 'sentence')}`)
      } catch (error) {
        task.finish(
          cancel.signal.aborted ? 'cancelled' : 'failed',
          error instanceof Error ? error.message : String(error),
        )
        throw cancel.signal.aborted
          ? new AppError(
              'cancelled',
              `Finding "${name}" was cancelled after ${countOf(done, 'sentence')}; the matches in these are suggested.`,
            )
          : error
      } finally {
        emit({ type: 'corpora-changed' })
      }
      const ofLabels = !addsLabels && unknown.length > 0 ? [`Rules of ${unknown.join(', ')} were left out.`] : []
      return { layer, sentences, matches, problems: [...problems, ...ofLabels, ...troubles.told()] }
    },
  }

  /** Writes the matches of a page; sentences of it that have none any more lose what was suggested before. */
  function write(corpusId: number, layer: SuggestingLayer, { sentenceIds, matched }: MatchedPage): void {
    const now = new Set(matched.map(({ sentenceId }) => sentenceId))
    const [first = 0] = sentenceIds
    const inPage = new Set(sentenceIds)
    const gone = workspace.layers
      .sentenceIds(corpusId, layer, first, sentenceIds.length)
      .filter((id) => inPage.has(id) && !now.has(id))
    workspace.transaction(() => {
      workspace.layers.drop(corpusId, layer, gone)
      workspace.layers.put(corpusId, layer, new Map(matched.map((one) => [one.sentenceId, saidBy(layer, one)])))
    })
  }
}

function saidBy({ name: author }: SuggestingLayer, { matches }: MatchedSentence): SentenceAnnotation {
  return {
    ...emptyAnnotation,
    spans: matches.map(({ start, end, label }) => ({
      ...{ id: randomUUID(), start, end, label, provenance: { origin: 'rule', author } },
    })),
    ...{ unanchored: [], ambiguousAnchors: 0, repeatedTriples: 0, history: [] },
  }
}

function emptyCount({ line, text, flags, label }: Rule): RuleCount {
  return { line, text, isPattern: flags !== null, label, matches: 0, sentences: 0, examples: [] }
}

function count(counts: Map<number, RuleCount>, { matches, quoted }: MatchedSentence): void {
  const seen = new Set<number>()
  for (const [at, { line }] of matches.entries()) {
    const before = counts.get(line)
    if (!before) continue
    const example = quoted?.[at]
    counts.set(line, {
      ...before,
      matches: before.matches + 1,
      sentences: before.sentences + (seen.has(line) ? 0 : 1),
      examples: example && before.examples.length < mostExamples ? [...before.examples, example] : before.examples,
    })
    seen.add(line)
  }
}

/** Collects what goes wrong on pages, and tells it in a sentence each. */
function createTroubles(): { add(page: MatchedPage): void; told(): string[] } {
  let withinWords = 0
  const slow = new Map<number, { readonly sentences: number; readonly isGivenUp: boolean }>()
  return {
    add(page) {
      withinWords += page.withinWords
      for (const { line, sentences, isGivenUp } of page.tooSlow)
        slow.set(line, { sentences: (slow.get(line)?.sentences ?? 0) + sentences, isGivenUp })
    },
    told: () => [
      ...Array.from(slow, ([line, { sentences, isGivenUp }]) =>
        isGivenUp
          ? `Line ${line}: the pattern takes too long, so it was given up after ${countOf(sentences, 'sentence')}. Write it without a repetition inside a repetition.`
          : `Line ${line}: the pattern took too long in ${countOf(sentences, 'sentence')}, where it found nothing.`,
      ),
      ...(withinWords > 0
        ? [`${countOf(withinWords, 'match', 'matches')} of patterns begin or end within a word and are left out.`]
        : []),
    ],
  }
}
