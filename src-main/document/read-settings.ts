/** ReadSettings: what a person chooses where a file does not say how it is to be read. Schema, flags and form are made from the table. */

import { languageNames } from '#main/text/languages/languages'

interface SwitchSetting {
  readonly kind: 'switch'
}

interface ChoiceSetting {
  readonly kind: 'choice'
  readonly choices: Readonly<Record<string, string>>
  /** Meaning of leaving the setting out; "Found in the file" when it is not stated. */
  readonly leftOut?: string
}

interface TextSetting {
  readonly kind: 'text'
  /** An example. */
  readonly example: string
}

type ReadSettingKind = SwitchSetting | ChoiceSetting | TextSetting

export type ReadSetting = ReadSettingKind & {
  /** Label in the window. */
  readonly label: string
  /** Name of the option on the command line, without its dashes. */
  readonly flag: string
  /** Words that follow the flag in the help. */
  readonly hint: string
}

export const readSettings = {
  sentencePerLine: {
    kind: 'switch',
    label: 'Each line is one sentence',
    flag: 'sentence-per-line',
    hint: 'plain text: each line is one sentence',
  },
  foldAccents: {
    kind: 'switch',
    label: 'Find names also where the text has no accents',
    flag: 'fold-accents',
    hint: 'triples as strings: find a string also where the text has no accents',
  },
  tokenColumn: {
    kind: 'text',
    label: 'Column of the words',
    flag: 'token-column',
    example: '1',
    hint: 'columns with tags: the column of the words, a number from 1, "first" or "last"',
  },
  tagColumn: {
    kind: 'text',
    label: 'Column of the tags',
    flag: 'tag-column',
    example: 'last',
    hint: 'columns with tags: the column of the tags, a number from 1, "first" or "last"',
  },
  tagScheme: {
    kind: 'choice',
    label: 'Scheme of the tags',
    flag: 'tag-scheme',
    choices: {
      IOB1: 'IOB1: B- only between touching spans',
      BIO2: 'BIO2: B- begins every span',
      BIOES: 'BIOES: ends and single words are marked',
      BILOU: 'BILOU: ends and single words are marked',
      IOE: 'IOE: ends alone are marked',
    },
    hint: 'columns with tags: IOB1, BIO2, BIOES, BILOU or IOE',
  },
  language: {
    kind: 'choice',
    label: 'Language',
    flag: 'language',
    hint: 'language whose rules find words and sentences (default: found in the text)',
    choices: languageNames,
    leftOut: 'Found in the text',
  },
  han: {
    kind: 'choice',
    label: 'Chinese and Japanese characters',
    flag: 'han',
    hint: 'whether each Chinese or Japanese character is a word, which is usual, or words of a dictionary are found',
    choices: { characters: 'Each is a word', words: 'Words of a dictionary' },
    leftOut: 'As usual: each is a word',
  },
  experimental: {
    kind: 'switch',
    label: 'Read a format that is an experiment',
    flag: 'experimental',
    hint: 'UIMA CAS JSON: read it, although the format is a draft',
  },
  offsetUnit: {
    kind: 'choice',
    choices: { 'code-points': 'code points', 'utf-16': 'UTF-16 units' },
    label: 'Offsets count',
    leftOut: 'Found in the text',
    flag: 'offset-unit',
    hint: 'doccano, Label Studio: what offsets count, where the text does not tell',
  },
  keepApart: {
    kind: 'switch',
    label: 'Keep files of several annotators apart',
    flag: 'keep-apart',
    hint: 'doccano, brat, Prodigy, WebAnno: files of the same texts by several annotators stay documents of their own',
  },
  textColumn: {
    kind: 'text',
    label: 'Column of the sentences',
    flag: 'text-column',
    example: 'sentence',
    hint: 'tables: the column of the sentences, its name or number',
  },
  subjectColumn: {
    kind: 'text',
    label: 'Column of the subjects',
    flag: 'subject-column',
    example: 'head',
    hint: 'tables: the column of the subjects, its name or number',
  },
  relationColumn: {
    kind: 'text',
    label: 'Column of the relation types',
    flag: 'relation-column',
    example: 'predicate',
    hint: 'tables: the column of the relation types, its name or number',
  },
  objectColumn: {
    kind: 'text',
    label: 'Column of the objects',
    flag: 'object-column',
    example: 'tail',
    hint: 'tables: the column of the objects, its name or number',
  },
} as const satisfies Readonly<Record<string, ReadSetting>>

export type SettingName = keyof typeof readSettings

type ValueOf<Setting extends ReadSetting> = Setting extends SwitchSetting
  ? boolean
  : Setting extends { readonly choices: infer Choices }
    ? keyof Choices & string
    : string

export type ReadSettings = { readonly [Name in SettingName]?: ValueOf<(typeof readSettings)[Name]> | undefined }

export const settingNames = Object.keys(readSettings) as readonly SettingName[] // the table's own keys

/** A setting that would read more of a file than was read without it. */
export interface SettingOffer {
  readonly setting: SettingName
  /** Number of things that it would change: triples for accents, lines for sentences. */
  readonly count: number
  /** Its effect as a sentence. */
  readonly message: string
}
