/** A plain vocab.txt and its tokenizer_config.json → what tokenizer.json would say of them. */

/** Of tokenizer_config.json, what cuts words; the rest is for other tools. */
export interface TokenizerConfig {
  readonly do_lower_case?: boolean | null
  /** Left out or null: accents go where case goes. */
  readonly strip_accents?: boolean | null
  /** Whether every Chinese character is a word of its own. */
  readonly tokenize_chinese_chars?: boolean | null
}

export const special = { padding: '[PAD]', unknown: '[UNK]', begin: '[CLS]', end: '[SEP]' } as const

/** Never cut either, though nothing here needs it: texts that were prepared for other tools may hold it. */
const mask = '[MASK]'

/** BERT's own normaliser, splitter and greedy pieces. Errors name the line or the field. */
export function wordPieceDefinition(vocabulary: string, config: TokenizerConfig = {}): object {
  const idByPiece = readLines(vocabulary)
  const added = [...Object.values(special), mask].flatMap((content) => {
    const id = idByPiece.get(content)
    if (id === undefined) return []
    return [{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }]
  })
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: flagOf(config, 'tokenize_chinese_chars') ?? true,
      strip_accents: flagOf(config, 'strip_accents'),
      lowercase: flagOf(config, 'do_lower_case') ?? true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: special.unknown,
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(idByPiece),
    },
  }
}

/** A line that only ends the file aside, every line counts: the id of a piece is its line. */
export function linesOf(vocabulary: string): string[] {
  const lines = vocabulary.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function readLines(vocabulary: string): Map<string, number> {
  const idByPiece = new Map<string, number>()
  linesOf(vocabulary).forEach((piece, id) => {
    const earlier = idByPiece.get(piece)
    if (earlier !== undefined)
      throw new Error(
        piece === ''
          ? `vocab.txt, line ${id + 1} is blank, as line ${earlier + 1} is: every line is one piece. Take blank lines out, or get the file again.`
          : `vocab.txt, line ${id + 1}: "${piece}" stands in line ${earlier + 1} already: every line is one piece. Get the file again.`,
      )
    idByPiece.set(piece, id)
  })
  return idByPiece
}

function flagOf(config: TokenizerConfig, field: keyof TokenizerConfig): boolean | null {
  const value: unknown = config[field] ?? null // as the file has it
  if (value === null || typeof value === 'boolean') return value
  throw new Error(`tokenizer_config.json: expected true or false at "${field}", found ${JSON.stringify(value)}`)
}
