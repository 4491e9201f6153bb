/** vocab.txt and its tokenizer_config.json → the definition that an equivalent tokenizer.json would have. */

/** Fields of tokenizer_config.json that change how words are cut; the others are for other tools. */
export interface TokenizerConfig {
  readonly do_lower_case?: boolean | null
  /** Whether accents are stripped; when absent or null, they are stripped where case is. */
  readonly strip_accents?: boolean | null
  /** Whether every Chinese character is a word of its own. */
  readonly tokenize_chinese_chars?: boolean | null
}

/** Pieces that are no part of any word, as BERT names them. */
export const special = { padding: '[PAD]', unknown: '[UNK]', begin: '[CLS]', end: '[SEP]' } as const

/** The same as all kinds name them. */
export const specialPieces = [special, { padding: '<pad>', unknown: '<unk>', begin: '<s>', end: '</s>' }] as const

/** A piece that is never cut: texts that were prepared for other tools may contain it. */
const mask = '[MASK]'

/**
 * Definition with BERT's own normaliser, pre-tokenizer and greedy pieces. @throws Error that names the line or the
 * field.
 */
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

/** Lines of vocab.txt. Every line counts, except an empty last one, because the id of a piece is its line number. */
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
  const value: unknown = config[field] ?? null // unchecked value from the file
  if (value === null || typeof value === 'boolean') return value
  throw new Error(`tokenizer_config.json: expected true or false at "${field}", found ${JSON.stringify(value)}`)
}
