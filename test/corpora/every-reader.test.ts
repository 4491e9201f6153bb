/** What every reader makes of a file that is like its own and yet damaged: a mark, other line ends, a cut, bad bytes, odd keys, depth. */
import { describe, expect, it } from 'vitest'
import { AppError } from '#main/core/errors'
import { formats } from '#main/corpora/formats'
import { openCorpus } from '#main/corpora/read-corpus'
import { memorySource, type MemoryFiles } from '#main/files/memory-source'
import { readText } from '../support/corpus-files.ts'

interface Sample {
  readonly text: string
  /** Number of docs in it. */
  readonly docs: number
  readonly beside?: MemoryFiles
}

const words = '"Mara","Velt","left","Lunde","."'
const twice = (line: string): string => `${line}\n${line}\n`
const pair = (record: string): Sample => ({ text: `[${record},\n${record}]`, docs: 2 })
const lines = (line: string): Sample => ({ text: twice(line), docs: 2 })

/** A file of each format, by its name, as its own tool writes it. */
const samples: Readonly<Record<string, Sample>> = {
  jsonl: lines('{"text":"Mara Velt left Lunde ."}'),
  'casrel-json': pair('{"text":"Mara Velt left Lunde .","triple_list":[["Mara Velt","left","Lunde"]]}'),
  'extractor-results': lines(
    '{"text":"Mara Velt left Lunde .","truth":[["Mara Velt","left","Lunde"]],"predict":[["Mara","left","Lunde"]]}',
  ),
  'spert-json': pair(`{"tokens":[${words}],"entities":[{"type":"PER","start":0,"end":2}],"relations":[]}`),
  'dygie-lines': lines(`{"doc_key":"d","sentences":[[${words}]],"ner":[[[0,1,"PER"]]],"relations":[[]]}`),
  'spo-list': lines(
    '{"text":"Mara Velt left Lunde .","spo_list":[{"subject":"Mara Velt","predicate":"left","object":"Lunde"}]}',
  ),
  'senttext-lines': lines(
    '{"sentText":"Mara Velt left Lunde .","entityMentions":[],"relationMentions":[{"em1Text":"Mara Velt","em2Text":"Lunde","label":"left"}]}',
  ),
  'hrl-lines': lines(
    '{"sentext":"Mara Velt left Lunde .","relations":[{"rtext":"left","em1":"Mara Velt","em2":"Lunde","tags":[4,1,0,5,0]}]}',
  ),
  'pmei-lines': lines(`{"sentText":[${words}],"en_list":[["Mara","Velt"]],"relationMentions":[]}`),
  'docred-json': pair(
    `{"sents":[[${words}]],"vertexSet":[[{"name":"x","sent_id":0,"pos":[0,2],"type":"PER"}]],"labels":[]}`,
  ),
  'tacred-json': pair(
    `{"token":[${words}],"subj_start":0,"subj_end":1,"subj_type":"PER","obj_start":3,"obj_end":3,"obj_type":"LOC","relation":"left"}`,
  ),
  'copyre-numeric': {
    text: '[[2, 2],\n[[1, 2], [2, 1]],\n[[0, 1, 0], []]]',
    docs: 2,
    beside: { 'words2id.json': '{"Mara":1,"left":2}', 'relations2id.json': '{"did":0}' },
  },
  'conll-columns': { text: twice('Mara NNP B-PER\nVelt NNP I-PER\nleft VBD O\n'), docs: 2 },
  'conll04-roth': {
    text: twice('0\tPeop\t0\tO\tNNP/NNP\tMara/Velt\tO\tO\tO\n0\tO\t1\tO\tVBD\tleft\tO\tO\tO\n\n'),
    docs: 2,
  },
  'conll04-multihead': { text: twice("#doc 1\n0\tMara\tB-Peop\t['N']\t[0]\n1\tleft\tO\t['N']\t[1]"), docs: 2 },
  csv: { text: 'text,subject,relation,object\nMara left Lunde,Mara,left,Lunde\nAda slept,,,\n', docs: 2 },
  tsv: { text: 'text\tsubject\trelation\tobject\nMara left Lunde\tMara\tleft\tLunde\nAda slept\t\t\t\n', docs: 2 },
}

const readers = formats.filter(({ name }) => name in samples)
const sampleOf = (name: string): Sample => samples[name] ?? { text: '', docs: 0 }
const marks = (docs: Awaited<ReturnType<typeof readText>>['docs']) =>
  docs.map(({ tokens, annotations }) => ({ tokens: tokens.length, annotations }))

describe.each(readers)('reading $name', (format) => {
  const { text, docs: count, beside = {} } = sampleOf(format.name)
  const read = async (content: string | Uint8Array) => await readText(format, content, 'a.txt', {}, beside)

  it('takes its sample whole, and recognises it', async () => {
    const { docs, counts } = await read(text)
    expect([docs.length, counts.rejected]).toEqual([count, 0])
    const extension = format.extensions[0] ?? ''
    const reading = await openCorpus(memorySource(`a${extension}`, text, beside))
    expect(reading.format.name).toBe(format.name)
  })

  it('gives the same with a byte order mark and with CR LF', async () => {
    const expected = marks((await read(text)).docs)
    expect(marks((await read(`\uFEFF${text}`)).docs)).toEqual(expected)
    expect(marks((await read(text.replaceAll('\n', '\r\n'))).docs)).toEqual(expected)
  })

  it('takes or rejects by name what is cut off anywhere, and never all of it silently', async () => {
    for (let at = 1; at < text.length; at += 7) {
      const { docs, problems, counts } = await read(text.slice(0, at))
      const isSaid = problems.some(({ severity }) => severity === 'rejected')
      expect(docs.length + counts.rejected > 0 || isSaid || at <= text.indexOf('\n') + 1).toBe(true)
      for (const { message } of problems) expect(message).not.toMatch(/undefined|\[object|Cannot read/)
    }
  })

  it('names the place of bytes that are no text', async () => {
    const bytes = new TextEncoder().encode(text)
    const broken = Uint8Array.from([...bytes.slice(0, 12), 0xff, ...bytes.slice(12)])
    const { docs, problems } = await read(broken)
    expect(docs).toEqual([])
    expect(problems[0]?.message).toMatch(/the byte at offset 12 \(line \d\) is FF/)
  })

  it('takes keys of objects for keys alone', async () => {
    const { docs } = await read(text.replaceAll('{"', '{"__proto__":{"spans":[1]},"constructor":1,"'))
    expect(docs.length).toBe(count)
    expect(({} as Record<string, unknown>)['spans']).toBeUndefined()
  })

  it('refuses depth and does not fail at it', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const { docs, problems } = await read(text.replace(/\{"|\[|\S+/, (start) => `${start}${deep}`))
    expect(docs.length <= count).toBe(true)
    for (const { message } of problems) expect(message).not.toMatch(/call stack/)
    expect((await read(deep)).problems.some(({ severity }) => severity === 'rejected')).toBe(true)
  })

  it('stops when it is told to', async () => {
    const controller = new AbortController()
    const source = memorySource('a.txt', text, beside, 8)
    const { docs } = await openCorpus(source, { format: format.name }, { signal: controller.signal })
    controller.abort(new AppError('cancelled', 'given up'))
    await expect(
      (async () => {
        for await (const _ of docs) continue
      })(),
    ).rejects.toThrow('given up')
  })
})
