/** Reads in a thread: each sees one committed state while edits go on; short ones go first; errors, cancelling and the end. */
import { statSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { AppError } from '#main/core/errors'
import type { Reader } from '#main/storage/reader/reader'
import type { Workspace } from '#main/storage/workspace'
import type { slowTasks } from '../support/slow-reads-entry.ts'
import { makeCorpus, temporaryWorkspace, tripleDocs } from '../support/temporary-workspace.ts'

function open(): { workspace: Workspace; reader: Reader<typeof slowTasks>; corpusId: number } {
  const workspace = temporaryWorkspace()
  const corpusId = makeCorpus(workspace, tripleDocs(['Mara left .']))
  const reader = workspace.createReader<typeof slowTasks>(new URL('../support/slow-reads-entry.ts', import.meta.url))
  onTestFinished(() => reader.close())
  return { workspace, reader, corpusId }
}

/** Resolves when a long read is under way, with what ends it: the read goes on until the flag is set. */
function beginLong(reader: Reader<typeof slowTasks>, signal?: AbortSignal) {
  const flag = new Int32Array(new SharedArrayBuffer(4))
  let begun = (): void => undefined
  const hasBegun = new Promise<void>((resolve) => (begun = resolve))
  const answer = reader.ask('countUntil', { flag }, { signal, onProgress: () => begun() })
  return { answer, hasBegun, end: () => void Atomics.store(flag, 0, 1) }
}

describe('a read in a thread', () => {
  it('sees what was committed before it, and nothing of what is written meanwhile', async () => {
    const { workspace, reader, corpusId } = open()
    const { answer, hasBegun, end } = beginLong(reader)
    await hasBegun
    workspace.corpora.addDocs(corpusId, 'train', 'b', tripleDocs(['Ada met Mara .']))
    expect(workspace.corpora.find(corpusId).splits.train.sentences).toBe(2)
    end()
    expect(await answer).toBe(1)
    expect(await reader.ask('count', {})).toBe(2)
  })

  it('that is short does not wait for a long one', async () => {
    const { reader } = open()
    const { answer, hasBegun, end } = beginLong(reader)
    await hasBegun
    expect(await reader.ask('count', {})).toBe(1)
    end()
    expect(await answer).toBe(1)
  })

  it('beside another goes on in a thread of its own, which ends with it', async () => {
    const { reader } = open()
    const { answer, hasBegun, end } = beginLong(reader)
    await hasBegun
    const first = await reader.ask('thread', {}, { isBeside: true })
    const second = await reader.ask('thread', {}, { isBeside: true })
    expect(second).not.toBe(first)
    end()
    expect(await answer).toBe(1)
    expect(await reader.ask('thread', {})).not.toBe(second)
    await expect(reader.ask('crash', {}, { isBeside: true })).rejects.toThrow('stopped')
    expect(await reader.ask('count', {}, { isBeside: true })).toBe(1)
  })

  it('that is cancelled ends, and the next one has its turn', async () => {
    const { reader } = open()
    const cancel = new AbortController()
    const { answer, hasBegun } = beginLong(reader, cancel.signal)
    const next = beginLong(reader)
    await hasBegun
    const reason = new AppError('cancelled', 'Enough.')
    cancel.abort(reason)
    await expect(answer).rejects.toBe(reason)
    await next.hasBegun
    next.end()
    expect(await next.answer).toBe(1)
  })

  it('leaves the log short that grew while it went on', async () => {
    const { workspace, reader, corpusId } = open()
    const { answer, hasBegun, end } = beginLong(reader)
    await hasBegun
    const write = () =>
      workspace.corpora.addDocs(
        corpusId,
        'train',
        'b',
        tripleDocs(...Array.from({ length: 500 }, () => ['Ada sings .'] as const)),
      )
    for (let time = 0; time < 20; time++) write()
    const log = `${workspace.folder}/espalier.sqlite-wal`
    const grown = statSync(log).size
    end()
    await answer
    for (let time = 0; time < 20; time++) write()
    expect(grown).toBeGreaterThan(5e6)
    expect(statSync(log).size).toBeLessThan(1.5 * grown) // it is written from its beginning again
  })

  it('that fails tells its error as the thread threw it', async () => {
    const { reader } = open()
    const told = { code: 'not-found' as const, message: 'There is no such thing.', details: { name: 'x' } }
    await expect(reader.ask('refuse', told)).rejects.toMatchObject(told)
    await expect(reader.ask('refuse', told)).rejects.toBeInstanceOf(AppError)
    await expect(reader.ask('write', {})).rejects.toThrow(/write-protected|readonly/)
    expect(await reader.ask('count', {})).toBe(1)
  })

  it('that ends its thread is told, and the next one has another thread', async () => {
    const { reader } = open()
    await expect(reader.ask('crash', {})).rejects.toThrow('The thread that reads the database stopped')
    expect(await reader.ask('count', {})).toBe(1)
  })

  it('is refused once the reader is closed, and what was under way is cancelled', async () => {
    const { reader } = open()
    const { answer, hasBegun } = beginLong(reader)
    await hasBegun
    const refused = expect(answer).rejects.toMatchObject({ code: 'cancelled' })
    await reader.close()
    await refused
    await expect(reader.ask('count', {})).rejects.toThrow('was closed')
  })
})
