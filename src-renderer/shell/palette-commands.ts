/** Everything that the command palette finds: places, acts of the place in sight, corpora, runs, labels, and sentences by their number. */
import { computed, shallowRef, type ComputedRef } from 'vue'
import type { Router } from 'vue-router'
import { emptyLabelSet } from '#main/labels/label-set'
import { client } from '#window/client.ts'
import { useActsStore, type PaletteCommand } from '#window/stores/acts.ts'
import { useCorporaStore } from '#window/stores/corpora.ts'
import { useRunsStore } from '#window/stores/runs.ts'
import { useToasts } from '#window/stores/toasts.ts'
import { sentencesNumbered } from './sentence-number.ts'

const places = ['Corpora', 'Annotate', 'Train', 'Compare', 'Extract', 'Settings', 'Help']

interface PaletteCommands {
  readonly commands: ComputedRef<readonly PaletteCommand[]>
  /** What a query names that is in no list. */
  find(query: string): PaletteCommand[]
  /** Asks for what may have changed since the palette was open last. */
  refresh(): Promise<void>
}

/** @param windowActs acts of the window itself. */
export function usePaletteCommands(router: Router, windowActs: readonly PaletteCommand[]): PaletteCommands {
  const corpora = useCorporaStore()
  const runs = useRunsStore()
  const acts = useActsStore()
  const toasts = useToasts()
  const labels = shallowRef(emptyLabelSet)
  const goTo = (place: string, query = {}): void => void router.push({ name: place, query })

  const commands = computed<readonly PaletteCommand[]>(() => [
    ...places.map((label) => ({ label, group: 'Place', run: () => goTo(label.toLowerCase()) })),
    ...windowActs,
    ...acts.acts,
    ...corpora.corpora.map(({ corpusId, name }) => ({
      label: name,
      group: 'Corpus',
      run: () => {
        corpora.selectedCorpusId = corpusId
        goTo('corpora')
      },
    })),
    ...runs.runs.map((run) => ({
      label: runs.labelOf(run),
      group: 'Run',
      run: () => void router.push({ name: 'train', params: { runId: run.runId } }),
    })),
    ...[...labels.value.entityTypes, ...labels.value.relationTypes].map(({ name }) => ({
      label: name,
      group: 'Label',
      run: () => goTo('corpora', { view: 'labels' }),
    })),
  ])

  async function open(split: string, number: number): Promise<void> {
    const corpusId = corpora.selectedCorpusId
    if (corpusId === null) return
    const filter = { splits: [split as 'train' | 'dev' | 'test'] } // one of them
    const [sentenceId] = await client.corpora.sentenceIds({ corpusId, filter, offset: number - 1, limit: 1 })
    if (sentenceId !== undefined) void router.push({ name: 'annotate', params: { sentenceId } })
  }

  return {
    commands,
    find: (query) =>
      sentencesNumbered(query, corpora.selected).map(({ split, number }) => ({
        label: `Sentence ${number} of ${split}`,
        group: corpora.selected?.name ?? '',
        run: () => void toasts.attempt(() => open(split, number)),
      })),
    async refresh() {
      const corpusId = corpora.selectedCorpusId
      const [found] = await Promise.all([
        corpusId === null ? emptyLabelSet : client.labels.get({ corpusId }).catch(() => emptyLabelSet),
        runs.isLoaded ? undefined : runs.load(),
      ])
      labels.value = found
    },
  }
}
