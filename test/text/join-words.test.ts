/** Words as one string: with spaces where their language has them. */
import { expect, it } from 'vitest'
import { joinWords } from '#main/text/join-words'

it.each([
  [['Mara', 'Velt', "'s", 'firm', '.'], "Mara Velt 's firm ."],
  [['林', '晓', '舟'], '林晓舟'],
  [['2020', '年', '的', 'Orbisk', '公', '司', '，'], '2020年的Orbisk公司，'],
  [['東京', 'に', 'コンピューター'], '東京にコンピューター'],
  [['มา', 'รา', 'Orbisk', '2020'], 'มารา Orbisk 2020'],
  [['마라', '는'], '마라 는'],
  [['Cancu\u0301n', 'x'], 'Cancu\u0301n x'],
  [['が\u3099', 'a'], 'が\u3099a'],
  [[], ''],
])('%j', (words, expected) => expect(joinWords(words)).toBe(expected))
