/** The store of the New experiment dialog: the text of the plan, which is kept until it is started, its estimate, and the start. */
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { AppError } from '#main/core/errors'
import { readExperimentFile, type ExperimentFile } from '#main/experiments/experiment-file'
import { useKeptForm } from '#window/base/kept-form.ts'
import { useRequest } from '#window/base/request.ts'
import { client } from '#window/client.ts'
import { useCorporaStore } from '#window/stores/corpora.ts'

/** Pause in typing after which an estimate is asked for. */
const pauseMs = 250

type Read = { readonly plan: ExperimentFile; readonly corpusId: number } | { readonly problem: string }

/** A plan to begin with, for a corpus of this name. */
const planFor = (corpus: string): string => `name: alpha sweep
corpus: ${JSON.stringify(corpus)}
variants: [mtl, pmei]
seeds: [1, 2, 3]
settings:
  alpha: [0.1, 0.01, 0.001]
`

export const useNewExperimentStore = defineStore('new-experiment', () => {
  const corpora = useCorporaStore()
  const isOpen = ref(false)
  const form = useKeptForm('', (kept, fresh) => (typeof kept === 'string' ? kept : fresh))
  const { fields: text, isRestored } = form
  const read = computed(() => readPlan(text.value))
  const asked = () => {
    if ('problem' in read.value) throw new AppError('invalid-input', read.value.problem)
    const { plan, corpusId } = read.value
    const { corpus: _, ...rest } = plan
    return { corpusId, plan: rest }
  }
  const estimating = useRequest(async () => client.experiments.estimate(asked()))
  const starting = useRequest(async () => client.experiments.start(asked()))
  let timer: ReturnType<typeof setTimeout> | undefined

  function readPlan(written: string): Read {
    try {
      const plan = readExperimentFile(written, 'The plan')
      const corpus = corpora.corpora.find(({ name }) => name === plan.corpus)
      if (corpus) return { plan, corpusId: corpus.corpusId }
      const names = corpora.corpora.map(({ name }) => name).join(', ')
      return { problem: `There is no corpus "${plan.corpus}". There are: ${names}.` }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { problem: error.message }
    }
  }

  function show(): void {
    const { corpora: all, selectedCorpusId } = corpora
    const corpus = all.find(({ corpusId }) => corpusId === selectedCorpusId) ?? all[0]
    form.open('new experiment', planFor(corpus?.name ?? 'name of a corpus'))
    estimating.forget()
    starting.forget()
    isOpen.value = true
  }

  watch([read, isOpen], () => {
    clearTimeout(timer)
    starting.forget()
    if (isOpen.value && !('problem' in read.value)) timer = setTimeout(() => void estimating.ask(), pauseMs)
    else estimating.forget()
  })

  /** Starts the experiment. Resolves to the id of its first run, or to null when the start was refused. */
  async function start(): Promise<string | null> {
    const started = await starting.ask()
    if (!started) return null
    isOpen.value = false
    form.startAfresh()
    return started.candidates[0]?.runs[0]?.runId ?? null
  }

  return {
    ...{ isOpen, text, isRestored, show, start, startAfresh: form.startAfresh },
    problem: computed(() => ('problem' in read.value ? read.value.problem : null)),
    failure: computed(() => starting.failure.value ?? estimating.failure.value),
    /** Null while there is none. */
    estimate: computed(() => (estimating.failure.value === null ? estimating.answer.value : null)),
    isStarting: starting.isBusy,
  }
})
