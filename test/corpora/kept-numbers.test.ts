/** Numbers of further fields come out of an export as they were spelled in the file, whatever the format. */
import fc from 'fast-check'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { findFormat } from '#main/corpora/formats'
import { createLabelCount } from '#main/corpora/shared/used-labels'
import { readText, writeText } from '../support/corpus-files.ts'
import { onDisk } from '../support/files-on-disk.ts'
import { openTestServices, temporaryFolder } from '../support/services.ts'

const text = 'Mara Velt founded Orbisk Labs'
const words = '["Mara","Velt","founded","Orbisk","Labs"]'

/** A record of each format; NUMBER stands where only another tool has a field. */
const records: Readonly<Record<string, string>> = {
  jsonl: `{"text":"${text}","sourceExtra":{"tweet":NUMBER}}`,
  'casrel-json': `[{"text":"${text}","triple_list":[["Mara Velt","founder","Orbisk Labs"]],"tweet":NUMBER}]`,
  'spert-json': `[{"tokens":${words},"entities":[{"type":"PER","start":0,"end":2}],"relations":[],"tweet":NUMBER}]`,
  doccano: `{"id":NUMBER_ID,"text":"${text}","entities":[{"id":NUMBER_ID,"label":"PER","start_offset":0,"end_offset":9,"tweet":NUMBER}],"relations":[],"Comments":[NUMBER]}`,
  prodigy: `{"text":"${text}","tokens":[{"text":"Mara","start":0,"end":4,"id":0,"ws":true},{"text":"Velt","start":5,"end":9,"id":1,"ws":true},{"text":"founded","start":10,"end":17,"id":2,"ws":true},{"text":"Orbisk","start":18,"end":24,"id":3,"ws":true},{"text":"Labs","start":25,"end":29,"id":4,"ws":false}],"spans":[{"start":0,"end":9,"token_start":0,"token_end":1,"label":"PER","tweet":NUMBER}],"relations":[],"answer":"accept","_input_hash":NUMBER}`,
  'label-studio': `[{"id":NUMBER_ID,"data":{"text":"${text}","tweet":NUMBER},"annotations":[{"id":10,"lead_time":NUMBER,"result":[{"id":"a","from_name":"label","to_name":"text","type":"labels","value":{"start":0,"end":9,"text":"Mara Velt","labels":["PER"]}}]}],"predictions":[]}]`,
  'dygie-lines': `{"doc_key":"a","sentences":[${words}],"ner":[[[0,1,"PER"]]],"relations":[[]],"tweet":NUMBER}`,
  'senttext-lines': `{"sentText":"${text}","articleId":"a","entityMentions":[],"relationMentions":[],"tweet":NUMBER}`,
  'hrl-lines': `{"sentext":"${text}","relations":[],"tweet":NUMBER}`,
  'spo-list': `{"text":"${text}","spo_list":[{"subject":"Mara Velt","predicate":"founder","object":"Orbisk Labs"}],"tweet":NUMBER}`,
  'pmei-lines': `{"sentText":${words},"pos":["NNP","NNP","VBD","NNP","NNP"],"en_list":[["Mara","Velt"]],"relationMentions":[],"tweet":NUMBER}`,
}

const spelled = fc.oneof(
  fc.bigInt({ min: 2n ** 53n, max: 10n ** 30n }).map(String),
  fc.bigInt({ min: 0n, max: 10n ** 6n }).map((whole) => `${whole}.0`),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 309, max: 999 })).map(([one, size]) => `${one}e${size}`),
  fc.constantFrom('-0', '1E5', '1e-05', '0.0000001', '0.12345678901234567890'),
)

/** The numbers of a JSON text that follow a key or begin an array of one, as they are spelled. */
function countOf(written: string, number: string): number {
  return (
    written.match(new RegExp(`(?<![\\d.eE+-])${number.replaceAll(/[.+]/g, '\\$&')}(?![\\d.eE+-])`, 'g'))?.length ?? 0
  )
}

describe.each(Object.entries(records))('%s', (name, record) => {
  it('writes numbers of further fields back as they are spelled', async () => {
    const format = findFormat(name)
    if (!format) throw new RangeError(name)
    await fc.assert(
      fc.asyncProperty(spelled, fc.bigInt({ min: 10n ** 15n, max: 10n ** 20n }), async (number, id) => {
        const given = record.replaceAll('NUMBER_ID', String(id)).replaceAll('NUMBER', number)
        const { docs, problems } = await readText(format, given, 'given.json')
        expect(problems.filter(({ severity }) => severity === 'rejected')).toEqual([])
        const labels = createLabelCount()
        docs.forEach((doc) => labels.add(doc))
        const { text: main, files } = await writeText(format, docs, labels.labels())
        const written = [main, ...Object.values(files).map(String)].join('\n')
        expect(countOf(written, number)).toBe(countOf(given, number))
        if (name === 'doccano' || name === 'label-studio')
          expect(countOf(written, String(id))).toBe(countOf(given, String(id)))
      }),
      { numRuns: 30 },
    )
  })
})

it('keeps them in the workspace', async () => {
  const folder = temporaryFolder()
  const { handlers } = await openTestServices(folder)
  const number = '12345678901234567890'
  const line = `{"text":"${text}","tweet":${number},"score":1.0,"far":1e400}\n`
  await handlers.corpora.import({
    ...{ corpus: 'Tweets', split: 'train', taskId: 'import' },
    files: onDisk({ name: 'tweets.jsonl', text: line }),
  })
  const [corpus] = await handlers.corpora.list()
  const file = path.join(folder, 'out.jsonl')
  await handlers.corpora.export({
    replace: false,
    corpusId: corpus?.corpusId ?? 0,
    format: 'jsonl',
    split: null,
    path: file,
    taskId: 'e',
  })
  expect(await readFile(file, 'utf8')).toContain(`"sourceExtra":{"tweet":${number},"score":1.0,"far":1e400}`)
})
