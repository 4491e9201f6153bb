/** A real workspace in a temporary folder, and small docs to put into it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { anchorTriples } from '#main/corpora/shared/anchor-triples'
import { createProblemLog } from '#main/corpora/shared/problem-log'
import { uniqueTriples } from '#main/corpora/shared/stated-triples'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Split } from '#main/document/doc'
import { splitWords } from '#main/text/words'
import { openWorkspace, type Workspace } from '#main/storage/workspace'
import { layWorkspace } from './fresh-workspace.ts'

/** A folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** A workspace of its own, closed when the test ends. */
export function temporaryWorkspace(): Workspace {
  const folder = temporaryFolder()
  layWorkspace(folder)
  const workspace = openWorkspace(folder, { now: () => 1_000 })
  onTestFinished(async () => {
    await workspace.endThreads()
    workspace.close()
  })
  return workspace
}

/** A sentence of words set apart by spaces, and its triples. */
export type TripleRecord = readonly [text: string, ...triples: (readonly [string, string, string])[]]

/** Text of a triple file. */
export function tripleFile(...records: readonly TripleRecord[]): string {
  return JSON.stringify(records.map(([text, ...triples]) => ({ text, triple_list: triples })))
}

export function tripleDocs(...records: readonly TripleRecord[]): readonly AnnotatedDoc[] {
  const log = createProblemLog('made.json')
  return records.map(([text, ...listed], index) => {
    const record = index + 1
    const stated = listed.map(([subject, type, object]) => ({ subject, type, object }))
    const { triples, repeatedTriples } = uniqueTriples(stated, record, log)
    const options = { split: splitWords, canSplit: true, foldAccents: false, fileName: 'made.json', record }
    const { tokens, annotation } = anchorTriples({ text, tokens: splitWords(text), triples }, options, log)
    const sentences = [{ start: 0, end: tokens.length }]
    return { id: `made.json#${record}`, text, tokens, sentences, annotations: [{ ...annotation, repeatedTriples }] }
  })
}

/** A corpus "made" with these docs in one split. */
export function makeCorpus(workspace: Workspace, docs: readonly AnnotatedDoc[], split: Split = 'train'): number {
  const corpusId = workspace.corpora.create('made', { entityTypes: [], relationTypes: [], signatures: [] })
  workspace.corpora.addDocs(corpusId, split, 'made.json', docs)
  return corpusId
}

/** The sentence ids of a corpus in order. */
export function sentenceIdsOf(workspace: Workspace, corpusId: number): number[] {
  return workspace.annotations.queueRows(corpusId, {}).map(({ sentenceId }) => sentenceId)
}
