/** Stages all files of an import, with the problems that were met. */
import { setImmediate } from 'node:timers/promises'
import type { Problem } from '#main/core/problem'
import type { LeftOut } from '#main/files/left-out'
import { symmetricTypes } from '#main/labels/label-set'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { nameApart, openSources } from './import-sources.ts'
import type { ImportRequest } from './import-spec.ts'
import { planFiles } from './plan-files.ts'
import { planGroups } from './plan-groups.ts'
import type { NamedFile } from './publish-import.ts'
import { createRecordPlaces } from './record-places.ts'
import { stageFiles, type StageWork } from './stage-files.ts'

interface RequestWork extends Omit<StageWork, 'places' | 'progress'> {
  /** Tells the number of bytes of all files; null where it is not known. */
  total(bytes: number | null): void
  progress(bytes: number, detail: string): void
}

export async function stageRequest(
  { workspace, now, uploads }: ServiceContext,
  request: ImportRequest,
  work: RequestWork,
): Promise<NamedFile[]> {
  const { fold, signal, staged } = work
  const corpus = workspace.corpora.findByName(request.corpus)
  const { sources, leftOut } = await openSources(request.files, uploads, signal)
  const names = nameApart(sources, corpus ? workspace.corpora.fileNames(corpus.corpusId) : undefined)
  // a file that is not imported needs no name apart from those that were
  const shownNames = new Map(nameApart(sources).map((name, index) => [names[index] ?? name, name]))
  const plan = await planFiles(sources, names, request, signal)
  for (const note of [...plan.notes, ...leftOut.map(leftOutNote)]) fold.note(note)
  const sizes = plan.files.map(({ source }) => source.size)
  work.total(sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0))
  const startedMs = now()
  const places = createRecordPlaces()
  const units = await planGroups(plan.files, request, signal)
  const symmetric = corpus ? symmetricTypes(workspace.labels.get(corpus.corpusId)) : []
  const files = await stageFiles(
    units,
    { ...request, symmetric },
    {
      ...{ staged, fold, signal, places, former: work.former, written: work.written },
      progress(bytes) {
        const rate = Math.round(fold.sentences() / Math.max((now() - startedMs) / 1000, 0.001))
        work.progress(bytes, `${countOf(fold.sentences(), 'sentence')}, ${rate} a second`)
      },
    },
  )
  const problems = fold.problems().map((problem) => ({ ...problem, place: places.placeOf(problem) }))
  await staged.keepProblems(problems, fold.kinds(), setImmediate)
  return files.map((file) => ({ ...file, shownName: shownNames.get(file.name) ?? file.name }))
}

function leftOutNote({ kind, count, names }: LeftOut): Problem {
  const message = `${kind}: ${count} left out${names.length < count ? ', such as these' : ''}`
  return { file: names.join(', '), line: null, message, severity: 'note' }
}
