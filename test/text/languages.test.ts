/** Sentences, words and the language itself, in the languages that are known. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createOffsetTable } from '#main/text/code-points'
import { createLanguageFinder, findLanguage } from '#main/text/language'
import { languages, type LanguageCode } from '#main/text/languages/languages'
import { splitText } from '#main/text/split-text'
import { tokenize, wordsOf } from '#main/text/words'

interface Golden {
  readonly sentences: readonly {
    readonly language: LanguageCode
    readonly text: string
    readonly sentences: string[]
  }[]
  readonly words: readonly { readonly text: string; readonly words: string[] }[]
}
const goldenFile = new URL('../fixtures/text/sentences.json', import.meta.url)
const golden = JSON.parse(readFileSync(goldenFile, 'utf8')) as Golden // the file is ours

function sentencesOf(text: string, language?: LanguageCode): string[] {
  const { tokens, sentences } = splitText(text, { language })
  const table = createOffsetTable(text)
  return sentences.map(({ start, end }) => table.slice(tokens[start]?.start ?? 0, tokens[end - 1]?.end ?? 0))
}
const words = (text: string, language: LanguageCode, han: 'characters' | 'words' = 'characters') =>
  wordsOf(text, tokenize(text, { language: languages[language], han })).join('|')

describe('sentences of the golden file', () => {
  it.each(golden.sentences)('$language: $text', ({ language, text, sentences }) =>
    expect(sentencesOf(text, language)).toEqual(sentences),
  )
})

describe('words of the golden file', () => {
  it.each(golden.words)('$text', ({ text, words: expected }) => expect(wordsOf(text, tokenize(text))).toEqual(expected))
})

/** Each case is its sentences, joined by a space or by nothing. */
const cases: readonly (readonly [LanguageCode, readonly string[], string?])[] = [
  ['en', ['He read Henry V.', 'The king rode on.']],
  ['en', ['It was No. 5 on the list.', 'No.', 'She said so.']],
  ['en', ['“It works,” she said.', '“Does it?”', '“It does.”']],
  ['en', ['Jeopardy! Inc. closed.', 'Who knew?!', 'Nobody.']],
  ['en', ['He gave $5.', 'She took it.', 'See p. 12 and pp. 3–5.']],
  ['en', ['The plan had two parts:', '• buy Oltec', '• sell Solvex'], '\n'],
  ['de', ['Friedrich II. von Tarnow starb am 5. Oktober.', 'Danach regierte Otto I. von Ostfeld.']],
  ['de', ['Er kam um ca. 5 Uhr.', 'Sie ging, d. h. sie lief.', 'Die Fa. Orbisk, Inh. Voss, schloss.']],
  ['de', ['Er sagte: „Ich gehe.“', 'Sie blieb.', '»Warum?«', 'Niemand wusste es.']],
  ['de', ['Sie wurde 3. im Rennen.', 'Das war 1998.', 'Mara gewann.']],
  [
    'de',
    ['Die Orbisk GmbH & Co. KG, Hauptstr. 5, gehört u. a. Frau Dr. med. Voss.', 'Sie wurde im 19. Jh. gegründet.'],
  ],
  ['de', ['Er lebte im 4. Jh. v. Chr. in Tarnow.', 'Er starb dort.']],
  ['fr', ['M. Le Pen est né en 1950 av. J.-C. selon lui.', 'Il est mort.']],
  ['fr', ['« Où est-elle ? » demanda Mme Velt.', 'Elle partit.']],
  ['fr', ['Voir p. 12, chap. 3, etc. pour plus.', 'L’usine est fermée.', 'C’est tout !', 'Vraiment ?', 'Oui.']],
  ['es', ['Vive en EE. UU. desde 1990.', 'El Dr. Velt, pág. 5, lo niega.', '¿Por qué?', '¡No sé!', '—Dijo ella.']],
  ['es', ['La Sra. Dña. Petra Voss vive en la Avda. del Mar.', 'Allí vive.']],
  [
    'it',
    ['Il sig. Brandt e la dott.ssa Velt vivono a Tarnow.', 'È vero?', 'L’azienda, fondata nel 1950 d.C. circa, è sua.'],
  ],
  ['it', ['Vedi pag. 12, art. 5, ecc.', 'Il resto è noto.']],
  ['pt', ['O Sr. Brandt e a Dra. Velt vivem em Tarnow.', 'É verdade?', 'Não, diz a Profa. Voss na pág. 5.']],
  [
    'nl',
    ['Dhr. Brandt woont bijv. in Tarnow, d.w.z. in de Kerkstr. 5.', '’s Avonds is hij thuis.', 'Mevr. Velt niet.'],
  ],
  ['ru', ['А. С. Пушкин родился в 1799 г. в Москве, т. е. давно.', 'Он жил на ул. Речной, д. 5, кв. 3.', 'Это № 5.']],
  ['ru', ['Он умер в 1950 г.', 'Она жива.']],
  ['ru', ['«Кто там?» — спросила она.', '«Я!»', 'И т. д. и т. п.']],
  ['uk', ['Він жив у м. Тарнів на вул. Річній.', 'Вона — ні.']],
  ['pl', ['Ur. 3. maja 1950 r. w Tarnowie.', 'Prof. Velt, ul. Rzeczna 5, żyje.']],
  ['el', ['Πού είναι η Μάρα;', 'Ο κ. Βελτ έφυγε.']],
  ['zh', ['他说：“走！”', '她走了。', '《你去吗？》是一本书。'], ''],
  ['zh', ['价格是3.5元。', '真的吗?', '是的!', '他走了.', '她来了……真的。'], ''],
  ['zh', ['标题', '林晓舟创办了北辰科技。'], '\n'],
  ['ja', ['「行くの？」と彼は聞いた。', '彼女は「いいえ。」', 'そうです！'], ''],
  ['ja', ['彼は「はい。」と言った。', 'Mr. 田中が来た。'], ''],
  ['zh', ['Mr. Li来了。', '她也来了。'], ''],
  ['en', ['See Vol. II for more.', 'The answer is no.', 'I left.', 'Is it No. X?']],
  ['de', ['Vgl. Kap. III und S. 5.', 'Prof. em. Otto Voss kam.']],
  ['it', ['Nato nel sec. XIX in via Roma n. 5.', 'Morì.']],
  ['nl', ['Dhr. Velt, geb. 3 jan. 1950, woont hier.', 'Mevr. Voss niet.']],
  ['ko', ['마라는 타르노프에 산다.', '정말?', '그렇다.']],
  ['hi', ['क्या वह गया?', 'डॉ. वर्मा आए।', 'वह १९५० में जन्मी॥']],
  ['hi', ['वह गया।', 'वह आई।'], ''],
  ['ar', ['وُلد د. محمد عام 1950.', 'أين يعيش؟', 'في تارنو.']],
  ['fa', ['او رفت.', 'چرا؟', 'نمی‌دانم!']],
  ['he', ['מרה גרה בתל־אביב.\u200f', 'האם ארה"ב רחוקה?', 'כן.']],
  ['hy', ['Մարան գնաց։', 'Նա եկավ։']],
  ['am', ['ማራ ሄደች።', 'እሷ መጣች።', 'የት ነው፧', 'እዚህ።']],
  ['th', ['มาราไปตลาด', 'เธอกลับบ้าน'], '\n'],
  ['km', ['ម៉ារ៉ា ទៅ ផ្សារ។', 'នាង មក វិញ។']],
  ['my', ['မာရာ သွားသည်။', 'သူမ ပြန်လာသည်။']],
]

describe('sentences of every language', () => {
  it.each(cases.map(([language, sentences, joint = ' ']) => ({ language, sentences, text: sentences.join(joint) })))(
    '$language: $text',
    ({ language, sentences, text }) => {
      expect(sentencesOf(text, language)).toEqual(sentences)
    },
  )
})

describe('words', () => {
  it.each([
    ['fr', "L'usine qu’Orbisk a fermée aujourd'hui", "L'|usine|qu’|Orbisk|a|fermée|aujourd'hui"],
    ['it', 'L’azienda dell’Orbisk', 'L’|azienda|dell’|Orbisk'],
    ['de', 'z. B. am 3. Mai in der Bahnhofstr. 12', 'z.|B.|am|3|.|Mai|in|der|Bahnhofstr.|12'],
    ['es', 'EE.UU. y Sr. Velt', 'EE.UU.|y|Sr.|Velt'],
    ['ru', 'т.е. 5 тыс. руб.', 'т.е.|5|тыс.|руб.'],
    [
      'zh',
      '林晓舟2020年创办Orbisk公司，见https://a.example/b。',
      '林|晓|舟|2020|年|创|办|Orbisk|公|司|，|见|https://a.example/b|。',
    ],
    ['ja', '東京に住んでいる。', '東|京|に|住|んで|いる|。'],
    ['ja', 'コンピューターを買う', 'コンピューター|を|買|う'],
    ['he', 'ארה"ב, צה״ל', 'ארה"ב|,|צה״ל'],
    ['ar', 'قال‏: نعم', 'قال‏|:|نعم'],
    ['en', 'Oltec \u200f\u200e left \ufeffnow\u00ad', 'Oltec|left|now\u00ad'],
    ['en', '👩‍🔬🏳️‍🌈 1️⃣ 🇩🇪🇫🇷', '👩‍🔬|🏳️‍🌈|1️⃣|🇩🇪|🇫🇷'],
    ['en', '1\u00a0234\u00a0567,5 km; 2020\u00a0300', '1\u00a0234\u00a0567,5|km|;|2020|300'],
  ] as const)('%s: %s', (language, text, expected) => expect(words(text, language)).toBe(expected))

  it('of Thai, Lao and Khmer are found, though no space stands between them', () => {
    for (const [language, text] of [
      ['th', 'มาราก่อตั้งบริษัท'],
      ['lo', 'ມາລາອາໄສຢູ່ວຽງຈັນ'],
      ['km', 'ម៉ារ៉ារស់នៅភ្នំពេញ'],
      ['my', 'မာရာသည်ရန်ကုန်တွင်နေသည်'],
    ] as const) {
      const found = words(text, language).split('|')
      expect(found.length, language).toBeGreaterThan(2)
      expect(found.join('')).toBe(text)
    }
  })

  it('of Han characters are those of a dictionary where that is asked for', () => {
    expect(words('他住在北京大学。', 'zh', 'words').split('|').length).toBeLessThan(7)
    expect(words('他住在北京大学。', 'zh', 'words').replaceAll('|', '')).toBe('他住在北京大学。')
  })
})

describe('the language of a text', () => {
  it.each([
    ['en', 'Mara Velt founded Orbisk Labs.'],
    ['en', 'The head of the firm is from Tarnow, and it was founded by her.'],
    ['en', '12 + 3'],
    ['de', 'Mara Velt gründete die Firma in Tarnow und ist ihre Leiterin.'],
    ['fr', 'Mara Velt a fondé la société à Tarnow et elle en est la directrice.'],
    ['es', 'Mara Velt fundó la empresa en Tarnow y es su directora.'],
    ['it', 'Mara Velt ha fondato la società a Tarnow ed è la sua direttrice.'],
    ['pt', 'Mara Velt fundou a empresa em Tarnow e não é a sua diretora.'],
    ['nl', 'Mara Velt heeft het bedrijf in Tarnow opgericht en is er de baas van.'],
    ['pl', 'Mara Velt założyła firmę w Tarnowie i jest jej szefową.'],
    ['cs', 'Mara Veltová založila firmu v Tarnově a je její ředitelkou.'],
    ['sv', 'Mara Velt grundade företaget i Tarnow och är dess chef.'],
    ['tr', 'Mara Velt şirketi Tarnow şehrinde kurdu ve onun müdürü oldu.'],
    ['ru', 'Мара Вельт основала фирму в Тарнове.'],
    ['uk', 'Мара Вельт заснувала фірму і очолює її.'],
    ['zh', '林晓舟创办了北辰科技 (Beichen Technology Company Limited)。他住在海州。'],
    ['ja', '林さんは東京に住んでいる。'],
    ['ko', '마라는 타르노프에 산다.'],
    ['th', 'มาราไปตลาด'],
    ['ar', 'وصلت مارا أمس إلى المدينة.'],
    ['fa', 'مارا دیروز به شهر رسید و چای خورد.'],
    ['ur', 'وہ کل شہر پہنچی۔'],
    ['he', 'מרה גרה בתל אביב.'],
    ['hi', 'वह गया।'],
    ['el', 'Η Μάρα έφυγε.'],
    ['und', 'Mara Velt alapította a céget Tarnowban, és azóta vezeti azt. '.repeat(6)],
  ] as const)('%s: %s', (code, text) => expect(findLanguage(text)).toBe(code))
})

describe('the language of the texts of a file', () => {
  it('is that of a long text itself, and of short ones that of the first of them', () => {
    const { languageOf } = createLanguageFinder()
    const german = 'Mara Velt gründete die Firma in Tarnow und ist ihre Leiterin. '
    for (let at = 0; at < 40; at++) languageOf(german)
    expect(languageOf('Nora Velt.')).toBe('de')
    expect(languageOf('The head of the firm is from Tarnow, and it was founded by her. '.repeat(10))).toBe('en')
    expect(languageOf('Mara Velt.')).toBe('de')
  })
})
