/** What a file is, found in its content: formats that are read, layouts of other tools that are refused by name, prose last. */
import { describe, expect, it } from 'vitest'
import { plainText } from '#main/corpora/formats/plain-text/read'
import { recognize } from '#main/corpora/recognition'
import { headOfText, readText } from '../support/corpus-files.ts'

const look = async (name: string, text: string, beside = {}) => recognize(await headOfText(name, text, beside))
const sentence = 'Mara Velt founded Orbisk Labs in Tarnow .'
const markup = '<TEI><p>Mara left.</p></TEI>'
const conll = 'Mara B-PER\nVelt E-PER\nfounded O\nOrbisk B-ORG\nLabs E-ORG\nin O\nTarnow S-LOC\n. O\n\n'

describe('a format that is read', () => {
  it.each([
    ['train.json', '[{"text": "Mara .", "triple_list": []}]', 'casrel-json'],
    ['train.json', '[{"text": "Mara ."}, {"text": "Ada .", "triple_list": []}]', 'casrel-json'],
    ['lines.jsonl', '{"text": "Mara .", "triple_list": []}\n{"text": "Ada ."}\n', 'casrel-json'],
    [
      'result.json',
      '{\n    "text": "Mara .",\n    "triple_list_gold": [],\n    "triple_list_pred": []\n}\n',
      'extractor-results',
    ],
    ['result.jsonl', '{"text": "Mara .", "predict": [], "truth": []}', 'extractor-results'],
    ['broken.json', '[{"text": "Mara .", "triple_list": [', 'casrel-json'],
    ['mistaken.json', '[{"text": "Mara .", "triple_list": [}]', 'casrel-json'],
    [
      'a.jsonl',
      '{"id":7,"text":"Mara","entities":[{"id":1,"label":"PER","start_offset":0,"end_offset":4}]}',
      'doccano',
    ],
    ['a.jsonl', '{"text":"Mara","entities":[],"relations":[]}', 'doccano'],
    ['a.jsonl', '{"text":"Ada"}\n{"text":"Mara","label":[[0,4,"PER"]]}', 'doccano'],
    ['a.json', '[{"data":{"text":"Mara"},"annotations":[]}]', 'label-studio'],
    [
      'a.json',
      '[{"text":"Mara","label":[{"start":0,"end":4,"text":"Mara","labels":["PER"]}],"annotator":1}]',
      'label-studio',
    ],
    ['a.json', '{"data":"Mara","labels":[[0,4,"PER"]]}', 'doccano'],
    ['a.jsonl', '{"text":"Mara","_input_hash":1,"tokens":[]}', 'prodigy'],
    ['a.jsonl', '{"text":"Mara","spans":[{"start":0,"end":4,"label":"PER"}]}', 'prodigy'],
    ['a.jsonl', '{"text":"Mara","spans":[],"answer":"reject"}', 'prodigy'],
    ['train.jsonl', '{"text": "Mara ."}\n', 'jsonl'],
    ['train.jsonl', '{"text": "Mara .", "label": "news", "entities": []}\n{"text": "Ada ."}', 'jsonl'],
    ['renamed.txt', '{"espalier":"corpus","version":1,"labels":{}}\n', 'jsonl'],
    ['renamed.txt', '{"text": "Mara ."}\n{"text": "Ada ."}\n', 'jsonl'],
    ['train.json', '{"sentText": ["Mara", "."]}\n', 'pmei-lines'],
    ['a.json', '[{"tokens": ["Mara"], "entities": [], "relations": []}]', 'spert-json'],
    ['a.json', '[{"tokens": ["Mara"], "tags": ["U-PER"], "relations": []}]', 'spert-json'],
    ['a.json', '[["Mara", "left"]]', 'spert-json'],
    ['a.jsonl', '{"sentences": [["Mara"]], "ner": [[]]}', 'dygie-lines'],
    ['a.json', '{"text": "Mara .", "spo_list": []}\n', 'spo-list'],
    ['a.json', '[{"sents": [["Mara"]], "vertexSet": []}]', 'docred-json'],
    ['a.json', '[{"token": ["Mara"], "subj_start": 0, "obj_start": 0}]', 'tacred-json'],
    ['a.json', '[[8], [[12, 40]], [[1, 4, 0]]]', 'copyre-numeric'],
    ['a.csv', 'text,subject,relation,object\nMara left Lunde,Mara,left,Lunde\n', 'csv'],
    ['a.txt', 'Sentence;Head;Predicate;Tail\nMara left Lunde;Mara;left;Lunde\n', 'csv'],
    ['a.tsv', 'sent\tem1\trel\tem2\nMara left Lunde\tMara\tleft\tLunde\n', 'tsv'],
    ['a.csv', 'nr,text\n1,Mara left\n', 'csv'],
    ['bioes.txt', conll, 'conll-columns'],
    ['conll.txt', '-DOCSTART- -X- O\n\nMara NNP B-PER\nleft VBD O\n', 'conll-columns'],
    ['first.txt', 'B-PER\tMara\nO\tleft\n', 'conll-columns'],
    ['multi.txt', "#doc 1\n0\tMara\tB-Peop\t['N']\t[0]\n", 'conll04-multihead'],
    ['roth.txt', '0\tPeop\t0\tO\tNNP\tMara\tO\tO\tO\n0\tO\t1\tO\tVBD\tleft\tO\tO\tO\n\n0\t1\tx\n', 'conll04-roth'],
    ['a.json', '{"sentText": "Mara left", "relationMentions": []}', 'senttext-lines'],
    ['a.json', '{"sentext": "Mara left", "relations": []}', 'hrl-lines'],
    ['a.json', '[{"tokens": ["Mara"], "spo_list": [], "spo_details": []}]', 'spo-list'],
    ['a.json', '{"%TYPES":{},"%FEATURE_STRUCTURES":[]}', 'uima-json'],
    ['a.ann', 'T1\tPER 0 9\tMara Velt\nR1\tx Arg1:T1 Arg2:T1\n#1\tNote T1\tx\n', 'brat'],
    ['notes.txt', 'Mara founded it.', 'plain-text'],
    ['notes.txt', '[1] Mara Velt, Tarnow.\n[2] Ada.', 'plain-text'],
    ['notes.txt', '[Music] Hello, and {welcome}.', 'plain-text'],
    ['notes.txt', '\tMara left, and Ada stayed.\n\tShe slept, and he came.', 'plain-text'],
    [
      'poem.txt',
      'The sea, the sky, the land\nThe wind, the rain, the sand\nThe day, the night, the hand',
      'plain-text',
    ],
    ['README.md', '# Title\n\n| a | b |\n| - | - |\n| 1 | 2 |', 'plain-text'],
    ['notes.txt', 'O Mara', 'plain-text'],
  ])('%s is read as expected, with the evidence in words: %j', async (fileName, text, name) => {
    const found = await look(fileName, text)
    expect(found?.isRead === true && found.format.name).toBe(name)
    expect(found?.evidence).toMatch(/\w+ \w+/)
  })

  it('may be shown by a file beside it', async () => {
    const beside = { 'news.ann': 'T1\tPER 0 4\tMara\n' }
    expect(await look('news.txt', 'Mara left.', beside)).toMatchObject({
      isRead: true,
      format: { name: 'brat' },
      evidence: 'annotations beside it, in news.ann',
    })
    expect(await look('news.txt', 'Mara left.', { 'news.ann': '' })).toMatchObject({ format: { name: 'brat' } })
    expect((await readText(plainText, 'Mara left.', 'news.txt', {}, beside)).problems).toMatchObject([
      { severity: 'note', message: expect.stringContaining('news.ann stands beside it') as string },
    ])
  })

  it('is not guessed', async () => {
    expect(await look('picture.png', '\u0089PNG')).toBeNull()
    expect(await look('notes.log', 'Mara left.')).toBeNull()
  })

  it('is known by the first 64 KiB, whatever is longer', async () => {
    const text = JSON.stringify([{ text: 'Mara '.repeat(50_000), triple_list: [] }])
    expect(await look('long.json', text)).toMatchObject({ isRead: false, title: 'JSON of an unknown layout' })
    expect(await look('long.json', text.replace('"text"', '"triple_list":[],"text"'))).toMatchObject({ isRead: true })
  })
})

describe('a layout of another tool', () => {
  it.each([
    ['rel2id.json', [{ '0': 'founder_of' }, { founder_of: 0 }], /rel2id/],
    ['rel2id.json', { founder_of: 0, based_in: 1 }, /rel2id/],
    ['types.json', { entities: { PER: {} }, relations: { founder_of: {} } }, /types of SpERT/],
    ['a.jsonl', { text: sentence, triples: [['Mara', 'in', 'Tarnow']] }, /^annotations of another tool/],
    ['json-in-text.txt', [{ sentence, spo: [] }], /^JSON of an unknown layout/],
  ])('is named: %s %j', async (name, value, title) => {
    const found = await look(name, JSON.stringify(value))
    expect(found).toMatchObject({ isRead: false, title: expect.stringMatching(title) as string })
    expect(await look(name, JSON.stringify(value, null, 2))).toMatchObject({
      isRead: false,
      title: found && !found.isRead && found.title,
    })
  })

  it.each([
    ['a.tsv', '#FORMAT=WebAnno TSV 2.0\n', /^WebAnno/],
    ['a.txt', '<?xml version="1.0"?><TEI><p>Mara.</p></TEI>', /^marked-up/],
    ['a.txt', '{\\rtf1\\ansi Mara left.}', /^rich text/],
    ['a.txt', 'subject\trelation\tobject\nMara\tin\tTarnow\n', /^a table/],
    ['a.txt', 'subject,relation,object\nMara,in,Tarnow\nAda,in,Lunde\n"Velt, M.",in,Lunde\n', /^a table/],
  ])('of columns or marks is named: %s', async (name, text, title) => {
    expect(await look(name, text)).toMatchObject({ isRead: false, title: expect.stringMatching(title) as string })
  })

  it('is refused with what it looks like, the evidence and what to do', async () => {
    await expect(readText(null, markup, 'mara.txt')).rejects.toThrow(
      'mara.txt looks like marked-up text (XML, HTML or SGML), which Espalier does not read: it has "<TEI" at its beginning. Convert it to a format that is read, or name the format plain-text to take it as prose.',
    )
    await expect(readText(null, 'Mara left.', 'notes.log')).rejects.toThrow('of no format that Espalier recognises')
    await expect(readText({ name: 'conll-x' }, 'Mara left.', 'a.txt')).rejects.toThrow('no format "conll-x"')
  })

  it('is taken as prose when that is asked for by name', async () => {
    const { docs } = await readText(plainText, markup, 'mara.txt')
    expect(docs[0]?.text).toBe(markup)
  })

  it('refuses a whole file of JSON lines where it shows in a late line', async () => {
    const lines = ['{"text": "Mara left."}', '{"text": "Ada left.", "label": [[0, 3, "PER"]]}']
    const text = `${`${lines[0]}\n`.repeat(5000)}${lines[1]}\n`
    expect((await readText(null, text, 'a.jsonl')).problems).toMatchObject([
      {
        line: null,
        severity: 'rejected',
        message: expect.stringMatching(/line 5001 looks like annotations of another tool.*would be lost/) as string,
      },
    ])
  })
})

describe('a byte order mark', () => {
  it.each([
    ['a.txt', 'Mara left.'],
    ['a.jsonl', '{"text": "Mara left."}\n'],
    ['a.json', '[{"text": "Mara left.", "triple_list": []}]'],
    ['a.json', '{"sentText": ["Mara", "left."]}\n'],
  ])('is no part of %s: offsets begin after it', async (name, text) => {
    const { docs } = await readText(null, `\uFEFF${text}`, name)
    const [doc] = docs
    expect(doc).toMatchObject({ text: 'Mara left.' })
    expect(doc?.tokens[0]).toEqual({ start: 0, end: 4 })
  })
})
